import { z } from "@hono/zod-openapi";
import { findOutputFolder } from "../../../../db/queries/qaboard/output.ts";
import { deleteOutputs, markDeleted } from "../../../../db/upserts/qaboard/change-outputs.ts";
import { defineRoute } from "../../http/route.ts";
import { outputFiles } from "../files/output-files.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { query } from "../http/parameters.ts";
import { Done, jsonResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { OutputId } from "./output.ts";

/** Deletes an output with its folder, or its files alone (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/api/v1/output/{id}/",
    operationId: "deleteQaboardOutput",
    summary: "Delete an output with its files, or its files alone",
    description: "A batch that becomes empty stays.",
    tags: ["QA-Board outputs"],
    security: WRITE,
    request: {
      params: OutputId,
      query: z.object({ soft: query("`true` deletes only the files, and keeps what was measured").optional() }),
    },
    responses: {
      200: jsonResponse("deleted", Done),
      ...ERRORS,
      404: errorResponse("no such output"),
      409: errorResponse("it is pending"),
    },
  },
  access: writer,
  handler: async (c, { params: { id }, query: { soft } }) => {
    const { db } = c.env;
    const output = await findOutputFolder(db, id);
    if (output === undefined) return answerError(c, 404, `There is no output ${id}.`);
    if (output.isPending) return answerError(c, 409, "Please wait for the Output to finish running before deleting it");
    const files = outputFiles(c.env);
    if (soft === "true") {
      await files.deleteNamed([output.folder]);
      await retryOnRollback(() => markDeleted(db, [id]));
    } else {
      // The row goes last: what is left after a failure can be deleted again.
      await files.deleteFolders([output.folder]);
      await retryOnRollback(() => deleteOutputs(db, [id]));
    }
    return c.json({ status: "OK" as const }, 200);
  },
});
