import type { CleanMessage } from "../messages/clean.ts";
import { newReceiptId } from "../messages/receipt-id.ts";
import { packTask } from "../messages/task-message.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Queue } from "../outside/queue.ts";

/** Has the consumer clean old results of QA-Board (QA-Board contract section 12.4). Safe to do twice. Throws when the queue refuses it. */
export async function beginCleaning(queue: Queue, objects: ObjectStore): Promise<void> {
  const body: CleanMessage = { v: 1, begunAt: new Date().toISOString() };
  await queue.send(
    await packTask({ id: newReceiptId(), source: "qaboard", kind: "clean", trace: "cron", body }, objects),
  );
}
