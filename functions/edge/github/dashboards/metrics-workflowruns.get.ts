import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runsForWaterfall } from "../../../../db/queries/github/dashboard/recent-runs.ts";
import type { Env } from "../../env.ts";
import { JSON_TYPE } from "../http/errors.ts";
import { keepUntilStale } from "../insights/answer.ts";
import { dashboardResponses, readDashboardQuery } from "./answers.ts";
import { BranchOrMain, FEED_LIMIT, FeedQuery } from "./feed.ts";

const Query = FeedQuery.extend({ branch: BranchOrMain });

const Mark = z.enum(["O", "X", "?"]);
const Run = z.object({
  workflowId: z.string().openapi({ description: "id of the row", example: "9" }),
  gitid: z.string().openapi({ description: "GitHub's id of the run", example: "13401736036" }),
  commitHash: z.string().nullable(),
  createTime: z.string().openapi({ description: "UTC, without zone", example: "2025-03-20T11:53:20" }),
  repo: z.string(),
  branch: z.string().nullable(),
  commitMessage: z.string().openapi({ description: "empty when the commit is unknown" }),
  author: z.string().nullable(),
  workflowUrl: z.string().nullable(),
  workflowname: z.string().nullable(),
  conclusion: z.string().nullable(),
  os: z.string().nullable().openapi({ example: "Linux,Windows" }),
  results: z
    .object({ Linux: Mark, Win: Mark, Mac: Mark, Doc: Mark, Lint: Mark, Test: Mark })
    .openapi({ description: "O success, X failure, ? else, where the run tells of the system or the kind of work" }),
});

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/metrics/workflowruns",
  operationId: "listDashboardRuns",
  summary: "List recent runs for the waterfall page",
  description: FEED_LIMIT,
  tags: ["GitHub dashboards"],
  request: { query: Query },
  responses: dashboardResponses("the runs", z.array(Run)),
});

/** Answers with recent runs. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readDashboardQuery(c, Query);
  if (!read.ok) return read.answer;
  const { days, repo, branch, as_of: asOf } = read.query;
  const items = await runsForWaterfall(c.env.db, { asOf, days, repo, branch });
  keepUntilStale(c, asOf);
  return c.body(items, 200, { "content-type": JSON_TYPE });
}
