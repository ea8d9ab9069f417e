import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Webhook } from "./live.ts";

const WAIT_MS = 60_000;

/** Sends webhooks as GitHub does, one after the other; returns where each can be followed. */
export async function sendWebhooks(edge: string, secret: string, webhooks: readonly Webhook[]): Promise<string[]> {
  const addresses: string[] = [];
  for (const { event, id, payload } of webhooks) {
    const body = JSON.stringify(payload);
    const headers = {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": id,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    };
    const answer = await fetch(`${edge}/github/webhook`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${event} was answered ${answer.status}: ${await answer.text()}`);
    addresses.push(edge + answer.headers.get("location"));
  }
  return addresses;
}

/** Follows deliveries until each is stored. */
export async function untilStored(addresses: readonly string[]): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (const address of addresses)
    for (;;) {
      const receipt = await (await fetch(address)).text();
      if (receipt.includes('"status":"done"')) break;
      if (receipt.includes('"status":"rejected"') || Date.now() > deadline)
        throw new Error(`${address} is not stored: ${receipt}`);
      await sleep(50);
    }
}
