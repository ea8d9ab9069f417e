import { z } from "@hono/zod-openapi";
import { findBatchPlace } from "../../../../db/queries/qaboard/job.ts";
import { startRedo } from "../../../../db/upserts/qaboard/jobs.ts";
import { defineRoute } from "../../http/route.ts";
import { BatchId } from "../batches/batch-id.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { hasArtifacts } from "./artifacts.ts";
import { sendJob } from "./send-job.ts";

const flag = (description: string) => z.unknown().optional().openapi({ type: "boolean", description });
const Body = z
  .looseObject({
    id: BatchId,
    only_failed: flag("only outputs that failed"),
    only_deleted: flag("only outputs whose files are gone"),
  })
  .openapi("QaboardRedo", { required: ["id"] });

/** Has the outputs of a batch run again (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/batch/redo/",
    operationId: "redoQaboardBatch",
    summary: "Run outputs of a batch again",
    tags: ["QA-Board batches"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: textResponse("queued, as JSON"),
      ...ERRORS,
      ...BODY_ERRORS,
      404: errorResponse("no such batch"),
      409: errorResponse("the commit's artifacts are not there"),
    },
  },
  access: writer,
  handler: async (c, { body }) => {
    const place = body.id === undefined ? undefined : await findBatchPlace(c.env.db, { batchId: body.id });
    if (place === undefined) return answerError(c, 404, "There is no such batch.");
    if (!(await hasArtifacts(c.env, place.project, place.hash)))
      return answerError(c, 409, "The commit's artifacts are not there. Run `qa save-artifacts` first.");
    const choice = { onlyFailed: Boolean(body.only_failed), onlyDeleted: Boolean(body.only_deleted) };
    const jobId = await retryOnRollback(() => startRedo(c.env.db, place.batchId, choice));
    if (jobId !== undefined) await sendJob(c, jobId);
    return answerText(c, 200, JSON.stringify({ status: "OK" }));
  },
});
