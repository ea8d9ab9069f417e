import type { SQSRecord } from "aws-lambda";
import { upsertRejected } from "../../db/upserts/ledger/rejected.ts";
import { upsertWaiting } from "../../db/upserts/ledger/waiting.ts";
import { type Delivery, isReadable, openDelivery, type Unreadable } from "./delivery.ts";
import { type KindBatch, openBatch } from "./kinds.ts";
import { log } from "./log.ts";
import { type Outcome, Rejection, retryLater } from "./outcome.ts";
import { rejectedRow } from "./refusal.ts";
import type { Resources } from "./resources.ts";
import { type Ready, storeBatch } from "./store-batch.ts";

type Settled = { delivery: Delivery | Unreadable; outcome: Outcome };

/**
 * Ingests one batch of queue messages and returns the ids of those that must be tried again; every other one was
 * stored, or recorded as refused. One bad message costs only itself.
 */
export async function ingestBatch(records: readonly SQSRecord[], resources: Resources): Promise<string[]> {
  const started = performance.now();
  const batches = new Map<string, KindBatch>();
  const settled: Settled[] = [];
  const ready: Ready[] = [];
  const unopened: string[] = [];
  const opened = await Promise.allSettled(records.map((record) => openDelivery(record, resources.objects)));
  for (const [i, result] of opened.entries()) {
    if (result.status === "rejected") {
      log("unopened", { messageId: records[i]?.messageId, reason: String(result.reason) });
      unopened.push(records[i]?.messageId ?? "");
      continue;
    }
    const read = readDelivery(result.value, batches, resources);
    if ("batch" in read) ready.push(read);
    else settled.push(read);
  }
  settled.push(...(await storeBatch(ready, resources)));
  await recordRefusals(settled, resources);
  await handBack(settled, resources);
  for (const { delivery, outcome } of settled) logSettled(delivery, outcome, performance.now() - started);
  return [...unopened, ...settled.filter(({ outcome }) => outcome.is === "retry").map((s) => s.delivery.messageId)];
}

function readDelivery(
  delivery: Delivery | Unreadable,
  batches: Map<string, KindBatch>,
  { config }: Resources,
): Ready | Settled {
  if (!isReadable(delivery)) return { delivery, outcome: { is: "reject", reason: delivery.reason } };
  const { envelope, body } = delivery;
  try {
    const name = `${envelope.source}.${envelope.kind}`;
    const batch = batches.get(name) ?? openBatch(envelope, config);
    batches.set(name, batch);
    return { ...delivery, batch, outcome: batch.read(envelope, body) };
  } catch (error) {
    if (error instanceof Rejection) return { delivery, outcome: { is: "reject", reason: error.message } };
    return { delivery, outcome: retryLater(delivery, String(error), config.RETRY_BASE_SECONDS) };
  }
}

/** Writes refusals as rows; when that fails their messages are tried again, so that none is lost. */
async function recordRefusals(settled: Settled[], { db, config }: Resources): Promise<void> {
  const refused = settled.filter(({ outcome }) => outcome.is === "reject");
  try {
    await upsertRejected(
      db,
      refused.map(({ delivery, outcome }) =>
        rejectedRow(delivery, "rejected", "reason" in outcome ? outcome.reason : ""),
      ),
    );
  } catch (error) {
    for (const one of refused) one.outcome = retryLater(one.delivery, String(error), config.RETRY_BASE_SECONDS);
  }
}

/** Notes and postpones what is to be tried again; neither is needed for the message to come back. */
async function handBack(settled: readonly Settled[], { db, postpone }: Resources): Promise<void> {
  const again = settled.flatMap(({ delivery, outcome }) => (outcome.is === "retry" ? [{ delivery, outcome }] : []));
  await Promise.allSettled([
    upsertWaiting(
      db,
      again.map(({ delivery: { envelope, receives }, outcome: { reason } }) => ({ ...envelope, receives, reason })),
    ),
    ...again.map(({ delivery, outcome }) => postpone(delivery.receiptHandle, outcome.afterSeconds)),
  ]);
}

function logSettled({ envelope, receives }: Delivery | Unreadable, outcome: Outcome, ms: number): void {
  const { trace, receiptId, source, kind, event, key } = envelope;
  const lagMs = Date.now() - Date.parse(envelope.receivedAt);
  log("message", {
    trace,
    receiptId,
    source,
    kind,
    name: event,
    key,
    receives,
    outcome: outcome.is,
    ...("reason" in outcome ? { reason: outcome.reason } : {}),
    ms: Math.round(ms),
    lagMs,
  });
}
