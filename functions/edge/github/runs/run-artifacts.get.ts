import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runOf } from "../../../../db/queries/github/run.ts";
import type { Env } from "../../env.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { ERRORS, notFound } from "../http/errors.ts";
import { idOf, RunParams, repoOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Artifacts } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
  operationId: "listGithubRunArtifacts",
  summary: "List the artifacts of a workflow run",
  description: "For clients that ask on their way to a run; artifacts are not kept, so the list is empty.",
  tags: ["GitHub"],
  request: { params: RunParams },
  responses: { ...oneResponse("no artifacts", Artifacts), ...ERRORS },
});

/** Answers with an empty list for a run that exists. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await runOf(c.env.db, { repo: repoOf(c), runId: idOf(c.req.param("run_id")), withoutPulls: true });
  const none = JSON.stringify({ total_count: 0, artifacts: [] });
  return answerIn(c, found, ({ run }) => (run === null ? notFound(c) : jsonAnswer(c, none)));
}
