import { z } from "@hono/zod-openapi";
import { stopBatch } from "../../../../db/upserts/qaboard/change-batch.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, jsonResponse, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { BatchId } from "./batch-id.ts";

/** Stops a batch: nothing of it is pending or running any more (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/batch/stop/",
    operationId: "stopQaboardBatch",
    summary: "Stop a batch",
    description: "Clears the flags of its outputs. Processes that run somewhere are not ended.",
    tags: ["QA-Board batches"],
    security: WRITE,
    middleware: jsonObject,
    request: {
      body: {
        required: true,
        content: { "application/json": { schema: z.looseObject({ id: BatchId }).openapi({ required: ["id"] }) } },
      },
    },
    responses: {
      200: jsonResponse("stopped, or nothing was pending", z.strictObject({})),
      ...ERRORS,
      ...BODY_ERRORS,
      404: textResponse("no such batch"),
      409: errorResponse("a command names no runner, so nothing is stopped"),
    },
  },
  access: writer,
  handler: async (c, { body: { id } }) => {
    const outcome = id === undefined ? "unknown" : await retryOnRollback(() => stopBatch(c.env.db, id));
    if (outcome === "unknown") return answerText(c, 404, "404 ERROR: Cannot find the batch");
    if (outcome === "unstoppable") return answerError(c, 409, "A command of this batch does not name its runner.");
    return c.json({}, 200);
  },
});
