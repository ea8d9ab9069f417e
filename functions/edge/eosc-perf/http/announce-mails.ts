import type { Context } from "hono";
import { OUTBOX_TASK } from "../../../messages/outbox.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask } from "../../../messages/task-message.ts";
import type { Env } from "../../env.ts";
import { log } from "../../http/log.ts";

/**
 * Tells the consumer, after the answer, that a mail waits in the outbox. When the queue does not take that, the mail goes
 * with the next one, or the cron job finds it.
 */
export function announceMails(c: Context<Env>): void {
  const { queue, objects } = c.env;
  const trace = c.get("requestId");
  const announce = async () => {
    const task = { ...OUTBOX_TASK, id: newReceiptId(), source: "eosc-perf", trace };
    await queue.send(await packTask(task, objects));
  };
  const left = announce().catch((error) => log("mail not announced", { requestId: trace, reason: String(error) }));
  c.executionCtx.waitUntil(left);
}
