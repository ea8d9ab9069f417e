import { z } from "@hono/zod-openapi";
import { findCommit } from "../../../../db/queries/qaboard/commits.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse, TOO_LARGE } from "../http/errors.ts";
import { BatchLabel, Metrics, Project, segment } from "../http/parameters.ts";
import { Commit, commitJson } from "./commit.ts";

/** Reads one commit with its outputs (contract section 5.5). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/commit/{id...}",
    operationId: "findQaboardCommit",
    summary: "Get a commit with its batches and outputs",
    tags: ["QA-Board commits"],
    security: READ,
    request: {
      params: z.object({ id: segment("its hash, or how it begins") }),
      query: z.object({ project: Project, batch: BatchLabel, metrics: Metrics }),
    },
    responses: {
      200: { description: "the commit", content: { "application/json": { schema: Commit } } },
      ...ERRORS,
      ...TOO_LARGE,
      404: errorResponse("no commit of the project begins like that"),
    },
  },
  access: reader,
  handler: async (c, { params: { id }, query: { project, batch, metrics } }) => {
    const shown = { label: batch, withOutputs: true, metrics };
    const row = await findCommit(c.env.db, { project, sha: id }, shown);
    if (row !== undefined) return renderedJson(c, 200, commitJson(row, c.env.config));
    return answerError(c, 404, `Sorry, we could not find any data on commit ${id} in project ${project}.`);
  },
});
