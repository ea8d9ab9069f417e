import { BEGIN_RECOVERY } from "../messages/github-recovery.ts";
import { newReceiptId } from "../messages/receipt-id.ts";
import { packTask } from "../messages/task-message.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Queue } from "../outside/queue.ts";

/**
 * Has the consumer look for what GitHub could not deliver and for runs that never ended (GitHub contract section 6); returns
 * the message's id. Safe to do twice. Throws when the queue refuses it.
 */
export async function beginRecovery(queue: Queue, objects: ObjectStore, trace: string): Promise<string> {
  const id = newReceiptId();
  const task = { id, source: "github", kind: "recovery", trace, body: BEGIN_RECOVERY };
  await queue.send(await packTask(task, objects));
  return id;
}
