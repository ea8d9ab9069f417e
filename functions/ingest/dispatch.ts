import type { SQSRecord } from "aws-lambda";
import { faultText, isUnavailable } from "../../db/errors.ts";
import { upsertRejected } from "../../db/upserts/ledger/rejected.ts";
import { upsertWaiting } from "../../db/upserts/ledger/waiting.ts";
import { divideBatch, type Message, messageOf, sendLater } from "./batch-parts.ts";
import { type Delivery, isReadable, openDelivery, type ReadDelivery, type Unreadable } from "./delivery.ts";
import { type KindBatch, openBatch } from "./kinds.ts";
import { log } from "./log.ts";
import { afterEndedReading, backoffSeconds, type Outcome, Rejection, retryLater } from "./outcome.ts";
import { rejectedRow } from "./refusal.ts";
import type { Resources } from "./resources.ts";
import { type Asked, runTasks } from "./run-tasks.ts";
import { type Ready, storeBatch } from "./store-batch.ts";
import { taskOf } from "./tasks.ts";
import { UNWATCHED } from "./thread/reading.ts";
import type { Invocation } from "./thread/serve.ts";

type Settled = { delivery: ReadDelivery; outcome: Outcome };

/**
 * Ingests one batch of queue messages and returns the ids of those that must be tried again; every other one was
 * stored, recorded as refused, or sent on. One bad message costs only itself.
 */
export async function ingestBatch(
  records: readonly SQSRecord[],
  resources: Resources,
  invocation: Invocation = WHOLE_TIME,
): Promise<string[]> {
  const { parts, later } = divideBatch(records.map(messageOf));
  const failed = await sendLater(later, resources);
  for (const [at, part] of parts.entries()) {
    // The first is begun however little time there is, or nothing would ever be.
    if (at === 0 || Date.now() < invocation.deadline - MARGIN_MS)
      failed.push(...(await ingestPart(part, resources, invocation)));
    else failed.push(...(await handBackUnread(part, resources)));
  }
  return failed;
}

/** An invocation that nothing ends. */
const WHOLE_TIME: Invocation = { reading: UNWATCHED, deadline: Number.POSITIVE_INFINITY, ended: {} };

/** What a part may still take when it is begun. */
const MARGIN_MS = 10_000;

/** What there is no time for comes back at once, to an invocation of its own. */
async function handBackUnread(messages: readonly Message[], { postpone }: Resources): Promise<string[]> {
  await Promise.allSettled(messages.map(({ record }) => postpone(record.receiptHandle, 0)));
  return messages.map(({ record }) => record.messageId);
}

async function ingestPart(
  messages: readonly Message[],
  resources: Resources,
  invocation: Invocation,
): Promise<string[]> {
  const started = performance.now();
  const { ready, asked, settled, unopened } = await readAll(messages, resources, invocation);
  settled.push(...(await storeBatch(ready, resources)));
  settled.push(...(await runTasks(asked, resources)));
  await recordRefusals(settled, resources);
  await handBack(settled, resources);
  for (const { delivery, outcome } of settled) logSettled(delivery, outcome, performance.now() - started);
  return [...unopened, ...settled.filter(({ outcome }) => outcome.is === "retry").map((s) => s.delivery.messageId)];
}

/** Opens messages and reads their bodies, each of which is let go once it is read. */
async function readAll(messages: readonly Message[], resources: Resources, invocation: Invocation) {
  const read = { ready: [] as Ready[], asked: [] as Asked[], settled: [] as Settled[] };
  const unopened: string[] = [];
  const batches = new Map<string, KindBatch>();
  const opened = await Promise.allSettled(messages.map((message) => openOrPostpone(message, resources)));
  for (const { record } of messages) {
    const result = opened.shift();
    if (result?.status !== "fulfilled") {
      log("unopened", { messageId: record.messageId, reason: String(result?.reason) });
      unopened.push(record.messageId);
      continue;
    }
    const one = await readDelivery(result.value, batches, resources, invocation);
    if ("batch" in one) read.ready.push(one);
    else if ("task" in one) read.asked.push(one);
    else read.settled.push(one);
  }
  return { ...read, unopened };
}

/** Opens a message; one whose body can't be had now comes back after a while, as every message that is tried again. */
async function openOrPostpone({ record, parsed }: Message, { objects, postpone, config }: Resources) {
  try {
    return await openDelivery(record, objects, parsed);
  } catch (error) {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    await postpone(record.receiptHandle, backoffSeconds(receives, config.RETRY_BASE_SECONDS)).catch(() => {});
    throw error;
  }
}

async function readDelivery(
  delivery: Delivery | Unreadable,
  batches: Map<string, KindBatch>,
  { config, objects }: Resources,
  { reading, ended }: Invocation,
): Promise<Ready | Asked | Settled> {
  if (!isReadable(delivery)) return { delivery, outcome: { is: "reject", reason: delivery.reason } };
  const why = ended[delivery.messageId];
  if (why !== undefined) return { delivery, outcome: afterEndedReading(delivery, why, config.RETRY_BASE_SECONDS) };
  const task = taskOf(delivery.envelope);
  if (task !== undefined) return { delivery, task };
  const { body, ...read } = delivery;
  const { envelope } = read;
  try {
    const name = `${envelope.source}.${envelope.kind}`;
    const batch = batches.get(name) ?? openBatch(envelope, config);
    batches.set(name, batch);
    const outcome = reading.of(delivery.messageId, () => batch.read(envelope, body));
    await batch.keep(envelope.receiptId, objects);
    return { ...read, batch, outcome };
  } catch (error) {
    if (error instanceof Rejection) return { delivery: read, outcome: { is: "reject", reason: error.message } };
    return { delivery: read, outcome: retryLater(read, String(error), config.RETRY_BASE_SECONDS) };
  }
}

/**
 * Writes refusals as rows, one by one when that fails together; what can't be written is tried again, so that none is
 * lost.
 */
async function recordRefusals(settled: Settled[], { db, config }: Resources): Promise<void> {
  const refused = settled.flatMap((one) => (one.outcome.is === "reject" ? [{ one, reason: one.outcome.reason }] : []));
  const record = (some: typeof refused) =>
    upsertRejected(
      db,
      some.map(({ one, reason }) => rejectedRow(one.delivery, "rejected", reason)),
    );
  try {
    await record(refused);
  } catch (together) {
    for (const refusal of refused) {
      const failed = isUnavailable(together) ? together : await record([refusal]).catch((alone: unknown) => alone);
      if (failed === undefined) continue;
      refusal.one.outcome = retryLater(refusal.one.delivery, faultText(failed), config.RETRY_BASE_SECONDS);
    }
  }
}

/** Notes and postpones what is to be tried again; neither is needed for the message to come back. */
async function handBack(settled: readonly Settled[], { db, postpone }: Resources): Promise<void> {
  const again = settled.flatMap(({ delivery, outcome }) => (outcome.is === "retry" ? [{ delivery, outcome }] : []));
  await Promise.allSettled([
    upsertWaiting(
      db,
      again.map(({ delivery: { envelope, receives }, outcome: { reason } }) => {
        const { receiptId, source, kind, key, event, receivedAt, replay: replays } = envelope;
        return { receiptId, source, kind, key, event, receivedAt, acceptedAt: receivedAt, receives, replays, reason };
      }),
    ),
    ...again.map(({ delivery, outcome }) => postpone(delivery.receiptHandle, outcome.afterSeconds)),
  ]);
}

function logSettled({ envelope, receives }: ReadDelivery, outcome: Outcome, ms: number): void {
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
