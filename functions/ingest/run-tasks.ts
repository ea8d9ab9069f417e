import { settleTask } from "../../db/upserts/ledger/tasks.ts";
import type { Delivery } from "./delivery.ts";
import { settleError } from "./faults.ts";
import type { Outcome } from "./outcome.ts";
import type { Resources } from "./resources.ts";
import { sendOn } from "./send-on.ts";
import type { Task } from "./tasks.ts";

/** A message that asks for a task. */
export type Asked = { delivery: Delivery; task: Task };

/** After so long no further task of a batch is begun, well before the function's time is over. */
const BATCH_MS = 5_000;

/** Does the tasks of a batch one after the other; what there is no time for goes back to the queue as a new message. */
export async function runTasks(asked: readonly Asked[], resources: Resources) {
  const end = performance.now() + BATCH_MS;
  const settled: { delivery: Delivery; outcome: Outcome }[] = [];
  for (const { delivery, task } of asked) {
    const work: Task = performance.now() > end ? (late) => sendOn(late, resources) : task;
    settled.push({ delivery, outcome: await outcomeOf(work, delivery, resources) });
  }
  return settled;
}

async function outcomeOf(task: Task, delivery: Delivery, resources: Resources): Promise<Outcome> {
  try {
    await task(delivery, resources);
    // Only what was handed back, sent on or replayed has left notes behind.
    if (delivery.receives > 1 || delivery.isSentOn || delivery.envelope.replay > 0)
      await settleTask(resources.db, delivery.envelope.receiptId);
    return { is: "done" };
  } catch (error) {
    return settleError(error, delivery, resources.config);
  }
}
