import { createHash, createHmac } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atMost } from "./at-most.ts";
import type { Delivery } from "./story.ts";

/** GitHub waits that long for an answer. */
const ANSWER_MS = 10_000;
const GIVE_UP_MS = 180_000;
/** Connections a sender keeps open at most, however slow the answers are. */
const CONNECTIONS = 128;

export type Sender = {
  /** Sends a list at a steady rate, whatever the answers are, until each delivery was accepted. */
  send(deliveries: readonly Delivery[], copies?: number): Promise<void>;
  /** Notes what was sent in another way: a message put straight into the queue, or a submission and its receipt's location. */
  note(key: string, poison?: string, location?: string | null, body?: string): void;
  /** SHA-256, as hex, of each body that was sent, by key. */
  digests: Map<string, string>;
  /** When each delivery was first sent, in milliseconds since 1970, by key. */
  sentAt: Map<string, number>;
  /** Answers by status; 0 counts requests that got none. */
  statuses: Map<number, number>;
  /** When the last delivery was accepted, on the clock of `performance.now`. */
  lastAcceptedAt(): number;
  /** Answers that no sender should get. */
  wrong: string[];
};

/** Names of the files that hold what was sent and what was accepted: a line each, the key first. */
export const SENT = "sent.txt";
export const ACCEPTED = "accepted.txt";

/**
 * A sender of signed webhooks that comes again after 503 and after no answer. What is sent and accepted is written into
 * `folder` as it happens: `<key> <poison or nothing>` and `<key> <location of the receipt>`.
 */
export function openSender(options: { edgeUrl: string; secret: string; folder: string; rate: number }): Sender {
  const { edgeUrl, secret, folder, rate } = options;
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  const digests = new Map<string, string>();
  const sentAt = new Map<string, number>();
  const digest = (key: string, body: string) => digests.set(key, createHash("sha256").update(body).digest("hex"));
  const sent = (key: string, poison = "") => appendFileSync(join(folder, SENT), `${key} ${poison}\n`);
  const connected = atMost(CONNECTIONS);
  let lastAcceptedAt = performance.now();
  const accepted = (key: string, location: string) => {
    appendFileSync(join(folder, ACCEPTED), `${key} ${location}\n`);
    lastAcceptedAt = performance.now();
  };

  async function post({ key, event, body }: Delivery): Promise<Response | undefined> {
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/faults",
      "x-github-event": event,
      "x-github-delivery": key,
      "x-hub-signature-256": `sha256=${signature}`,
    };
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const answer = await fetch(`${edgeUrl}/github/webhook`, { method: "POST", headers, body, signal });
      await answer.arrayBuffer();
      return answer;
    } catch {
      return undefined;
    }
  }

  /** True when the delivery is settled for the sender: accepted, or refused for good. */
  function settles(delivery: Delivery, answer: Response | undefined): boolean {
    const status = answer?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (answer === undefined) return false;
    if (status === 200) {
      accepted(delivery.key, answer.headers.get("location") ?? "");
      return true;
    }
    if (status !== 503) wrong.push(`${delivery.event} ${delivery.key} was answered with ${status}`);
    else if (!/^\d+$/.test(answer.headers.get("retry-after") ?? "")) wrong.push("a 503 came without Retry-After");
    return status !== 503;
  }

  async function untilAccepted(delivery: Delivery, start: number): Promise<void> {
    while (!settles(delivery, await connected(() => post(delivery)))) {
      if (performance.now() - start > GIVE_UP_MS) return void wrong.push(`${delivery.key} was never accepted`);
      await sleep(1_000 + Math.random() * 1_000);
    }
  }

  return {
    statuses,
    wrong,
    digests,
    sentAt,
    lastAcceptedAt: () => lastAcceptedAt,
    note(key, poison, location, body) {
      sent(key, poison);
      if (body !== undefined) digest(key, body);
      accepted(key, location ?? "");
    },
    async send(deliveries, copies = 1) {
      const start = performance.now();
      await Promise.all(
        deliveries.map(async (delivery, i) => {
          await sleep((i * 1_000) / rate);
          sent(delivery.key, delivery.poison);
          digest(delivery.key, delivery.body);
          sentAt.set(delivery.key, Date.now());
          await Promise.all(Array.from({ length: copies }, () => untilAccepted(delivery, start)));
        }),
      );
    },
  };
}
