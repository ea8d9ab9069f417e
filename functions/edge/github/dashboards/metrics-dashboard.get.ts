import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Day, overviewOf } from "../../../../db/queries/github/dashboard/overview.ts";
import type { Env } from "../../env.ts";
import { keepUntilStale } from "../insights/answer.ts";
import { AsOf, dashboardResponses, readDashboardQuery } from "./answers.ts";

const DAYS = { "7d": 7, "14d": 14, "30d": 30 };

const Query = z.object({
  range: z
    .enum(["7d", "14d", "30d"])
    .catch("7d")
    .openapi({ type: "string", description: "`7d`, `14d` or `30d`; anything else means `7d`" }),
  as_of: AsOf,
});

const Percent = z.string().openapi({ example: "3.1" });
const Metrics = z.object({
  redOnMain: Percent.openapi({ description: "% of the last 24 hours' runs that concluded failure" }),
  redOnMainFlaky: Percent.openapi({ description: "% of the last 24 hours' runs that are flaky" }),
  lastMainPush: z.string().openapi({ description: "age of the newest run", example: "4m" }),
  lastDockerBuild: z.literal("N/A"),
  forceMergesFailed: Percent.openapi({ description: "% of merged pull requests with a failing newest run" }),
  forceMergesImpatience: Percent.openapi({ description: "% of merged pull requests with an unfinished or no run" }),
  timeToRedSignal: z.string().openapi({ description: "p75 of waiting and running of failing runs, in minutes" }),
  viableLag: z.literal("N/A"),
  reverts: z.int().openapi({ description: 'commits whose message starts with `Revert "`' }),
  pullTrunkTTS: z.literal("N/A"),
});
const Answer = z.object({ chartData: z.array(Day), metrics: Metrics });

/** Contract section 9. */
export const route = createRoute({
  method: "get",
  path: "/metrics/dashboard",
  operationId: "getDashboard",
  summary: "Get the overview of the dashboards' frontend",
  description: "Over all repositories and branches; days without runs are absent.",
  tags: ["GitHub dashboards"],
  request: { query: Query },
  responses: dashboardResponses("days, newest first, and figures as text", Answer),
});

/** Answers with the overview. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readDashboardQuery(c, Query);
  if (!read.ok) return read.answer;
  const asOf = read.query.as_of;
  const found = await overviewOf(c.env.db, { asOf, days: DAYS[read.query.range] });
  const metrics: z.infer<typeof Metrics> = {
    redOnMain: found.red,
    redOnMainFlaky: found.redFlaky,
    lastMainPush: found.newestAgo,
    lastDockerBuild: "N/A",
    forceMergesFailed: found.mergedRed,
    forceMergesImpatience: found.mergedEarly,
    timeToRedSignal: found.redSignal,
    viableLag: "N/A",
    reverts: found.reverts,
    pullTrunkTTS: "N/A",
  };
  keepUntilStale(c, asOf);
  return c.json({ chartData: found.days, metrics });
}
