import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runOf } from "../../../../db/queries/github/run.ts";
import type { Env } from "../../env.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { ERRORS, INVALID, notFound } from "../http/errors.ts";
import { AttemptParams, attemptOf, Flag, idOf, readQuery, repoOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Run } from "../http/schemas.ts";

const Query = z.object({
  exclude_pull_requests: Flag.optional().openapi({ description: "empties `pull_requests`" }),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}",
  operationId: "getGithubRunAttempt",
  summary: "Get an attempt of a workflow run",
  description: "The run as that attempt left it.",
  tags: ["GitHub"],
  request: { params: AttemptParams, query: Query },
  responses: { ...oneResponse("the attempt", Run), ...ERRORS, ...INVALID },
});

/** Answers with one attempt of a run. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "WorkflowRun");
  if (!read.ok) return read.answer;
  const found = await runOf(c.env.db, {
    repo: repoOf(c),
    runId: idOf(c.req.param("run_id")),
    attempt: attemptOf(c.req.param("attempt_number")),
    withoutPulls: read.query.exclude_pull_requests ?? false,
  });
  return answerIn(c, found, ({ run }) => (run === null ? notFound(c) : jsonAnswer(c, run)));
}
