import { z } from "@hono/zod-openapi";
import { stopBatch } from "../../../../db/upserts/qaboard/change-batch.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { query, segment } from "../http/parameters.ts";
import { answerText, Done, jsonResponse, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { BatchId } from "./batch-id.ts";
import { deleteFromBatch, softDeleteFromBatch } from "./delete-outputs.ts";

const Query = z.object({
  soft: query("`true` deletes only the files, and keeps what was measured").optional(),
  only_failed: query("`true` deletes only outputs that failed").optional(),
  filter: query("with soft: only files whose names match, as `*.txt`").optional(),
});

/** Deletes a batch with its outputs and their files (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/api/v1/batch/{id}/",
    operationId: "deleteQaboardBatch",
    summary: "Delete a batch with its outputs, or their files alone",
    description: "It is stopped first.",
    tags: ["QA-Board batches"],
    security: WRITE,
    request: { params: z.object({ id: segment("the batch's id") }), query: Query },
    responses: {
      200: jsonResponse("deleted", Done),
      ...ERRORS,
      404: textResponse("no such batch"),
      409: errorResponse("it cannot be stopped: a command names no runner"),
    },
  },
  access: writer,
  handler: async (c, { params, query: { soft, only_failed, filter } }) => {
    const id = BatchId.parse(params.id);
    const stopped = id === undefined ? "unknown" : await retryOnRollback(() => stopBatch(c.env.db, id));
    if (id === undefined || stopped === "unknown") return answerText(c, 404, "404 ERROR: Cannot find the batch");
    if (stopped === "unstoppable") return answerError(c, 409, "A command of this batch does not name its runner.");
    const onlyFailed = only_failed === "true";
    if (soft === "true") await softDeleteFromBatch(c.env, id, { onlyFailed, filter: filter || undefined });
    else await deleteFromBatch(c.env, id, onlyFailed);
    return c.json({ status: "OK" as const }, 200);
  },
});
