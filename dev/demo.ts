import { createHmac } from "node:crypto";
import { REPOSITORIES, readFixture } from "./demo/fixture.ts";
import { type Webhook, webhooksOf } from "./demo/webhooks.ts";
import { openSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const CONNECTIONS = 6;
const WAIT_MS = 60_000;

const settings = readSettings(process.env);
const { githubSecret } = openSecrets(settings.dataDir);
const edge = `http://127.0.0.1:${settings.ports.edge}`;

await fetch(`${edge}/health`).catch(() => {
  console.error(`Nothing answers at ${edge}. Start it in another terminal: npm start`);
  process.exit(1);
});

const started = Date.now();
const webhooks = REPOSITORIES.flatMap((name) => webhooksOf(readFixture(name)));
console.log(
  `Sending ${webhooks.length} signed webhooks of ${REPOSITORIES.length} repositories to ${edge}/github/webhook`,
);
const receipts = await sendAll(webhooks);
await untilStored(receipts);
console.log(`Stored all of them in ${((Date.now() - started) / 1000).toFixed(1)} s. Have a look:\n`);
const [first] = REPOSITORIES;
for (const path of [
  "",
  "/actions/runs?branch=main&per_page=5",
  "/actions/workflows",
  "/branches",
  "/commits?per_page=5",
]) {
  console.log(`  ${edge}/github/repos/${first}${path}`);
}
console.log(`  ${edge}${receipts[0]}`);

/** Sends over a few connections and returns the receipts' addresses. */
async function sendAll(all: readonly Webhook[]): Promise<string[]> {
  const left = all.entries();
  const addresses: string[] = [];
  const worker = async () => {
    for (const [, webhook] of left) addresses.push(await send(webhook));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return addresses;
}

async function send({ event, id, payload }: Webhook): Promise<string> {
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac("sha256", githubSecret).update(body).digest("hex")}`;
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": id,
    "x-hub-signature-256": signature,
  };
  const answer = await fetch(`${edge}/github/webhook`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`${event} ${id} was answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.get("location") ?? "";
}

/** Follows the receipts of the last deliveries until each is stored. */
async function untilStored(addresses: readonly string[]): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (const address of addresses) {
    for (;;) {
      const answer = await fetch(`${edge}${address}`);
      const receipt = await answer.text();
      if (receipt.includes('"status":"done"')) break;
      if (Date.now() > deadline) throw new Error(`${address} is not stored: ${receipt}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
