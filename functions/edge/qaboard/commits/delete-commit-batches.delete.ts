import { z } from "@hono/zod-openapi";
import { findProtectableCommit } from "../../../../db/queries/qaboard/commit-batches.ts";
import { defineRoute } from "../../http/route.ts";
import { deleteFromBatch } from "../batches/delete-outputs.ts";
import { WRITE, writer } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { segment } from "../http/parameters.ts";
import { answerText, Done, jsonResponse, textResponse } from "../http/responses.ts";
import { isProtected } from "./protected-commit.ts";

/** Deletes all batches of the first commit of exactly that hash, unless it is a milestone (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/api/v1/commit/{commit...}/batches/",
    operationId: "deleteQaboardCommitBatches",
    summary: "Delete all batches of a commit, with outputs and files",
    tags: ["QA-Board commits"],
    security: WRITE,
    request: {
      params: z.object({ commit: segment("its whole hash; before it, if wanted, the id of its project and a slash") }),
    },
    responses: {
      200: jsonResponse("all batches are deleted; the commit stays", Done),
      ...ERRORS,
      403: textResponse("it is a milestone"),
      404: textResponse("no such commit"),
    },
  },
  access: writer,
  handler: async (c, { params }) => {
    const found = await findProtectableCommit(c.env.db, readPlace(params.commit));
    if (found === undefined) return answerText(c, 404, "404 ERROR: Cannot find commit");
    if (await isProtected(c.env, found)) return answerText(c, 403, "403 ERROR: Cannot delete milestones");
    for (const batchId of found.batchIds) await deleteFromBatch(c.env, batchId, false);
    return c.json({ status: "OK" as const }, 200);
  },
});

/** `<hash>`, or `<project>/<hash>`. */
function readPlace(commit: string) {
  const slash = commit.lastIndexOf("/");
  return { hash: commit.slice(slash + 1), project: slash < 0 ? undefined : commit.slice(0, slash) };
}
