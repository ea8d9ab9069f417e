import { upsertWaiting } from "../../db/upserts/ledger/waiting.ts";
import { type Message, sendLater } from "./batch-parts.ts";
import type { Settled } from "./delivery.ts";
import type { Resources } from "./resources.ts";

/** Sends on as new messages what met a part that was away; what the queue does not take is handed back as it is. */
export async function sendOnDuringOutage(
  settled: readonly Settled[],
  messages: readonly Message[],
  resources: Resources,
): Promise<void> {
  const records = new Map(messages.map(({ record }) => [record.messageId, record]));
  const later = settled.flatMap(({ delivery, outcome }) => {
    const record = records.get(delivery.messageId);
    return outcome.is === "away" && record !== undefined ? [{ record, afterSeconds: outcome.afterSeconds }] : [];
  });
  const refused = new Set(await sendLater(later, resources));
  for (const one of settled)
    if (one.outcome.is === "away" && refused.has(one.delivery.messageId)) one.outcome = { ...one.outcome, is: "retry" };
}

/** Notes what waits, and postpones what is handed back; neither is needed for the message to come back. */
export async function handBack(settled: readonly Settled[], { db, postpone }: Resources): Promise<void> {
  const again = settled.flatMap(({ delivery, outcome }) =>
    outcome.is === "retry" || outcome.is === "away" ? [{ delivery, outcome }] : [],
  );
  await Promise.allSettled([
    upsertWaiting(
      db,
      again.map(({ delivery: { envelope, receives }, outcome: { reason } }) => {
        const { receiptId, source, kind, key, event, receivedAt, replay: replays } = envelope;
        return { receiptId, source, kind, key, event, receivedAt, acceptedAt: receivedAt, receives, replays, reason };
      }),
    ),
    ...again.flatMap(({ delivery, outcome }) =>
      outcome.is === "retry" ? [postpone(delivery.receiptHandle, outcome.afterSeconds)] : [],
    ),
  ]);
}
