import type { Database } from "../../db/client.ts";
import { listDueSlots } from "../../db/upserts/kernelci/notification-slots.ts";
import { NotificationMessage } from "../messages/kernelci-notification.ts";
import { newReceiptId } from "../messages/receipt-id.ts";
import { packTask } from "../messages/task-message.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Queue } from "../outside/queue.ts";
import { latestSlots } from "./notification-schedule.ts";

/**
 * Has the consumer do each job of /kernelci's schedule whose latest slot is not done; of slots that were missed only the
 * latest. Safe to do twice.
 */
export async function startNotifications(db: Database, queue: Queue, objects: ObjectStore): Promise<void> {
  for (const { job, slot } of await listDueSlots(db, latestSlots(new Date()))) {
    const body = NotificationMessage.parse({ v: 1, job, slot, after: null });
    const task = { id: newReceiptId(), source: "kernelci", kind: "notification", trace: "cron", body };
    await queue.send(await packTask(task, objects));
  }
}
