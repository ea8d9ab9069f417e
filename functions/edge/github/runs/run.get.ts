import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runOf } from "../../../../db/queries/github/run.ts";
import type { Env } from "../../env.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { ERRORS, INVALID, notFound } from "../http/errors.ts";
import { Flag, idOf, RunParams, readQuery, repoOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Run } from "../http/schemas.ts";

const Query = z.object({
  exclude_pull_requests: Flag.optional().openapi({ description: "empties `pull_requests`" }),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs/{run_id}",
  operationId: "getGithubRun",
  summary: "Get a workflow run",
  description: "The run as its newest attempt left it.",
  tags: ["GitHub"],
  request: { params: RunParams, query: Query },
  responses: { ...oneResponse("the run", Run), ...ERRORS, ...INVALID },
});

/** Answers with a run. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "WorkflowRun");
  if (!read.ok) return read.answer;
  const withoutPulls = read.query.exclude_pull_requests ?? false;
  const found = await runOf(c.env.db, { repo: repoOf(c), runId: idOf(c.req.param("run_id")), withoutPulls });
  return answerIn(c, found, ({ run }) => (run === null ? notFound(c) : jsonAnswer(c, run)));
}
