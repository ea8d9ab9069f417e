import type { Database } from "../../db/client.ts";
import { sourcesWithDueMails } from "../../db/queries/ledger/due-mails.ts";
import { forgetSettledMails } from "../../db/upserts/ledger/outbox.ts";
import { OUTBOX_TASK } from "../messages/outbox.ts";
import { newReceiptId } from "../messages/receipt-id.ts";
import { packTask } from "../messages/task-message.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Queue } from "../outside/queue.ts";

const KEPT_DAYS = 30;

/** Has the consumer send what is due though no message brought it there: the queue did not take it, or it died. */
export async function sweepOutbox(db: Database, queue: Queue, objects: ObjectStore): Promise<void> {
  for (const source of await sourcesWithDueMails(db))
    await queue.send(await packTask({ ...OUTBOX_TASK, id: newReceiptId(), source, trace: "cron" }, objects));
  await forgetSettledMails(db, KEPT_DAYS);
}
