import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Run } from "../http/schemas.ts";
import { answerRuns } from "./run-list.ts";
import { RunsQuery } from "./runs-query.ts";

const Answer = z.object({ total_count: z.int(), workflow_runs: z.array(Run) });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs",
  operationId: "listGithubRuns",
  summary: "List workflow runs",
  description: "Newest first. Filters are exact and combined with and; there is no limit of 1,000 results.",
  tags: ["GitHub"],
  request: { params: RepoParams, query: RunsQuery },
  responses: { ...listResponse("a page of runs", Answer), ...ERRORS, ...INVALID },
});

/** Answers with a page of a repository's runs. */
export async function handler(c: Context<Env>): Promise<Response> {
  return await answerRuns(c);
}
