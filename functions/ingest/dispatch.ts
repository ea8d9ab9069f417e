import type { SQSRecord } from "aws-lambda";
import { type Message, messageOf, partsOf, sendLater } from "./batch-parts.ts";
import {
  type Delivery,
  describeDelivery,
  isReadable,
  openDelivery,
  type ReadDelivery,
  type Settled,
  type Unreadable,
} from "./delivery.ts";
import { settleError } from "./faults.ts";
import { handBack, sendOnDuringOutage } from "./hand-back.ts";
import { type KindBatch, openBatch } from "./kinds.ts";
import { log } from "./log.ts";
import { type Outcome, retryOrReject } from "./outcome.ts";
import { recordRefusals } from "./record-refusals.ts";
import type { Resources } from "./resources.ts";
import { type Asked, runTasks } from "./run-tasks.ts";
import { type Ready, storeBatch } from "./store-batch.ts";
import { taskOf } from "./tasks.ts";

/**
 * Ingests one batch of queue messages and returns the ids of those that must be tried again; every other one was
 * stored, recorded as refused, or sent on. One bad message costs only itself.
 */
export async function ingestBatch(records: readonly SQSRecord[], resources: Resources): Promise<string[]> {
  const { together, alone, later } = partsOf(records.map(messageOf));
  const failed = await sendLater(later, resources);
  for (const part of [together, alone]) if (part.length > 0) failed.push(...(await ingestPart(part, resources)));
  return failed;
}

async function ingestPart(messages: readonly Message[], resources: Resources): Promise<string[]> {
  const started = performance.now();
  const { ready, asked, settled: read, unopened } = await readAll(messages, resources);
  const settled = [...read, ...unopened];
  settled.push(...(await storeBatch(ready, resources)));
  settled.push(...(await runTasks(asked, resources)));
  await recordRefusals(settled, resources);
  await sendOnDuringOutage(settled, messages, resources);
  await handBack(settled, resources);
  for (const one of settled)
    if (!unopened.includes(one)) logSettled(one.delivery, one.outcome, performance.now() - started);
  return settled.filter(({ outcome }) => outcome.is === "retry").map((one) => one.delivery.messageId);
}

/** Opens messages and reads their bodies, each of which is let go once it is read. */
async function readAll(messages: readonly Message[], resources: Resources) {
  const read = { ready: [] as Ready[], asked: [] as Asked[], settled: [] as Settled[], unopened: [] as Settled[] };
  const batches = new Map<string, KindBatch>();
  const opened = await Promise.allSettled(
    messages.map(({ record, parsed }) => openDelivery(record, resources.objects, parsed)),
  );
  for (const { record, parsed } of messages) {
    const result = opened.shift();
    if (result?.status !== "fulfilled") {
      const delivery = describeDelivery(record, parsed);
      const outcome = settleError(result?.reason, delivery, resources.config);
      read.unopened.push({ delivery, outcome });
      const { receiptId, trace } = delivery.envelope;
      log("unopened", {
        messageId: record.messageId,
        receiptId,
        trace,
        outcome: outcome.is,
        reason: String(result?.reason),
      });
      continue;
    }
    const one = await readDelivery(result.value, batches, resources);
    if ("batch" in one) read.ready.push(one);
    else if ("task" in one) read.asked.push(one);
    else read.settled.push(one);
  }
  return read;
}

async function readDelivery(
  delivery: Delivery | Unreadable,
  batches: Map<string, KindBatch>,
  { config, objects }: Resources,
): Promise<Ready | Asked | Settled> {
  if (!isReadable(delivery)) {
    const { reason, mayPass } = delivery;
    return { delivery, outcome: mayPass ? retryOrReject(delivery, reason, config) : { is: "reject", reason } };
  }
  const task = taskOf(delivery.envelope);
  if (task !== undefined) return { delivery, task };
  const { body, ...read } = delivery;
  const { envelope } = read;
  try {
    const name = `${envelope.source}.${envelope.kind}`;
    const batch = batches.get(name) ?? openBatch(envelope, config);
    batches.set(name, batch);
    const outcome = batch.read(envelope, body);
    await batch.keep(envelope.receiptId, objects);
    return { ...read, batch, outcome };
  } catch (error) {
    return { delivery: read, outcome: settleError(error, read, config) };
  }
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
