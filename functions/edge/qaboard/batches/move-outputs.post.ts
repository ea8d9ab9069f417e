import { z } from "@hono/zod-openapi";
import type { Database } from "../../../../db/client.ts";
import { listFilteredOutputs } from "../../../../db/queries/qaboard/batches.ts";
import { deleteEmptyBatch, moveToBatch, type Selected } from "../../../../db/upserts/qaboard/change-batch.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { BODY_ERRORS, ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { readFilter } from "../outputs/output-filter.ts";
import { BatchId } from "./batch-id.ts";

const Body = z
  .looseObject({
    id: BatchId,
    label: z.string().openapi({ description: "label of the batch they move to, in the same commit" }),
    filter: z.string().nullish().openapi({ description: "which outputs; all without it (contract section 6)" }),
  })
  .openapi({ required: ["id", "label"] });

/** Moves outputs of a batch to another one, and deletes it when nothing is left in it (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/batch/move/",
    operationId: "moveQaboardOutputs",
    summary: "Move outputs of a batch to another one",
    tags: ["QA-Board batches"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: textResponse("moved: JSON, although it is declared as text"),
      ...ERRORS,
      ...BODY_ERRORS,
      404: textResponse("no such batch"),
    },
  },
  access: writer,
  handler: async (c, { body: { id, label, filter } }) => {
    if (id === undefined) return answerText(c, 404, '{"error":"not found"}');
    const outputs = await select(c.env.db, id, filter ?? "");
    const isKnown = await retryOnRollback(() => moveToBatch(c.env.db, { id, label, outputs }));
    if (!isKnown) return answerText(c, 404, '{"error":"not found"}');
    await retryOnRollback(() => deleteEmptyBatch(c.env.db, id));
    return answerText(c, 200, '{"status": "OK"}');
  },
});

async function select(db: Database, id: number, filter: string): Promise<Selected> {
  if (filter.trim() === "") return "all";
  const isMeant = readFilter(filter);
  return (await listFilteredOutputs(db, id)).filter(isMeant).map((output) => output.id);
}
