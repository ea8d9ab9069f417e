import type { Context } from "hono";
import { settleJob } from "../../../../db/upserts/qaboard/jobs.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import type { RunJobMessage } from "../../../messages/run-job.ts";
import { packTask } from "../../../messages/task-message.ts";
import type { Env } from "../../env.ts";
import { log } from "../../http/log.ts";
import { ApiError } from "../http/errors.ts";

/** Has the consumer hand a job to a runner. Throws ApiError 503 when the queue does not take it; the job has then failed. */
export async function sendJob(c: Context<Env>, jobId: number): Promise<void> {
  const { db, queue, objects } = c.env;
  const body: RunJobMessage = { v: 1, jobId, attempt: 1 };
  const trace = c.get("requestId");
  try {
    await queue.send(await packTask({ id: newReceiptId(), source: "qaboard", kind: "run-job", trace, body }, objects));
  } catch (error) {
    log("task not taken", { requestId: trace, jobId, reason: String(error) });
    await settleJob(db, jobId, { state: "failed", runner: null, reason: "the queue did not take it" });
    throw new ApiError(503, "The queue does not take messages. Send it again.");
  }
}
