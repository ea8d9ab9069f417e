import { z } from "@hono/zod-openapi";
import { findNewestCommit } from "../../../../db/queries/qaboard/commits.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse, TOO_LARGE } from "../http/errors.ts";
import { BatchLabel, Metrics, Project, query } from "../http/parameters.ts";
import { Commit, commitJson } from "./commit.ts";

const Branch = query("its branch; the project's reference branch unless given")
  .optional()
  .transform((branch) => branch || undefined);

/** Reads the newest commit of a branch that has results (contract section 5.6). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/commit/",
    operationId: "findNewestQaboardCommit",
    summary: "Get the newest commit of a branch that has results",
    description: "Of the newest 20 commits, the first one that has a valid output, in the batch if one is named.",
    tags: ["QA-Board commits"],
    security: READ,
    request: { query: z.object({ project: Project, branch: Branch, batch: BatchLabel, metrics: Metrics }) },
    responses: {
      200: { description: "the commit", content: { "application/json": { schema: Commit } } },
      ...ERRORS,
      ...TOO_LARGE,
      404: errorResponse("none of them has results"),
    },
  },
  access: reader,
  handler: async (c, { query: { project, branch, batch, metrics } }) => {
    const shown = { label: batch, withOutputs: true, metrics };
    const { row, name } = await findNewestCommit(c.env.db, { project, branch }, shown);
    if (row !== undefined) return renderedJson(c, 200, commitJson(row, c.env.config));
    return answerError(c, 404, `Sorry, we cant find any commit with results for the ${project} on ${name}.`);
  },
});
