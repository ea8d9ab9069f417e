import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runsForOlderFrontend } from "../../../../db/queries/github/dashboard/recent-runs.ts";
import type { Env } from "../../env.ts";
import { JSON_TYPE } from "../http/errors.ts";
import { keepUntilStale } from "../insights/answer.ts";
import { dashboardResponses, readDashboardQuery } from "./answers.ts";
import { FEED_LIMIT, FeedQuery } from "./feed.ts";

const Run = z.object({
  workflowId: z.int().openapi({ description: "GitHub's id of the run" }),
  createTime: z.string().openapi({ description: "UTC, without zone", example: "2025-03-20T11:53:20" }),
  conclusion: z.string().nullable(),
  timeToRedSignal: z.number().nullable().openapi({ description: "runtime in seconds" }),
  repo: z.string(),
  commitMessage: z.string(),
  author: z.string().nullable(),
  prNumber: z.null(),
});

/** What older revisions of the frontend ask for (contract section 9). */
export const route = createRoute({
  method: "get",
  path: "/metrics/workflow-runs",
  operationId: "listOlderDashboardRuns",
  summary: "List recent runs for an older frontend",
  description: FEED_LIMIT,
  tags: ["GitHub dashboards"],
  request: { query: FeedQuery },
  responses: dashboardResponses("the runs of all branches", z.array(Run)),
});

/** Answers with recent runs of every branch. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readDashboardQuery(c, FeedQuery);
  if (!read.ok) return read.answer;
  const { days, repo, as_of: asOf } = read.query;
  const items = await runsForOlderFrontend(c.env.db, { asOf, days, repo });
  keepUntilStale(c, asOf);
  return c.body(items, 200, { "content-type": JSON_TYPE });
}
