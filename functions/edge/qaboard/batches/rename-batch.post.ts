import { z } from "@hono/zod-openapi";
import { renameBatch } from "../../../../db/upserts/qaboard/change-batch.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { BatchId } from "./batch-id.ts";

const Body = z
  .looseObject({ id: BatchId, label: z.string().nullish().openapi({ description: "its new label" }) })
  .openapi({ required: ["id"] });

/** The original's words, which its web application shows (contract section 6). */
const TAKEN = '{"error":"already exists {e}"}';

/** Renames a batch, whose folder keeps its name (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/batch/rename/",
    operationId: "renameQaboardBatch",
    summary: "Rename a batch",
    tags: ["QA-Board batches"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: textResponse("renamed: JSON, although it is declared as text"),
      ...ERRORS,
      ...BODY_ERRORS,
      403: textResponse("no label was sent, or a batch of the commit has it, be it this one"),
      404: textResponse("no such batch"),
      409: errorResponse("outputs of the batch are pending"),
    },
  },
  access: writer,
  handler: async (c, { body: { id, label } }) => {
    const outcome =
      id === undefined ? "unknown" : await retryOnRollback(() => renameBatch(c.env.db, { id, label: label ?? null }));
    if (outcome === "unknown") return answerText(c, 404, '{"error":"not found"}');
    if (outcome === "taken") return answerText(c, 403, TAKEN);
    if (outcome === "pending") return answerError(c, 409, "Wait until no output of the batch is pending.");
    return answerText(c, 200, '{"status": "OK"}');
  },
});
