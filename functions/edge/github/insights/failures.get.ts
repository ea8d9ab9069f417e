import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { failuresOn, StandingWorkflow } from "../../../../db/queries/github/insights/failures.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { insightAnswer, PrintedJson } from "./answer.ts";
import { ChoiceQuery, readInsight, WindowQuery, windowOf } from "./query.ts";

const Query = ChoiceQuery.extend({ until: WindowQuery.shape.until });
const Answer = z.object({
  branch: z.string().nullable(),
  until: z.string(),
  total_count: z.int().openapi({ description: "workflows that ever succeeded or failed on the branch" }),
  failing: z.int().openapi({ description: "those of them that are red" }),
  workflows: z.array(StandingWorkflow).openapi({ description: "most consecutive failures first" }),
});

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/failures",
  operationId: "getGithubFailures",
  summary: "Get which workflows are red",
  description: "By the newest runs on a branch (default: the default branch), without those of forks.",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: Query },
  responses: { ...oneResponse("how each workflow stands", Answer), ...ERRORS, ...INVALID },
});

/** Answers with how each workflow stands on a branch. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, Query);
  if (!read.ok) return read.answer;
  const { until } = windowOf(read.query, read.choice, "7d");
  const found = await failuresOn(c.env.db, read.choice, { until });
  return insightAnswer(c, found, until, ({ branch, total, failing, workflows }) => ({
    branch,
    until,
    total_count: total,
    failing,
    workflows: new PrintedJson(workflows),
  }));
}
