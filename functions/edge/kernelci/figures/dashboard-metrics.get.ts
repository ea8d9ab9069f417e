import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ingestedBetween } from "../../../../db/queries/kernelci/metrics.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, refused } from "../http/answers.ts";
import { readQuery, wholeNumber } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";

/** More than anything is old. */
const MAX_DAYS = 1_000_000;

const Query = z.object({
  start_days_ago: wholeNumber("how many days ago the interval begins (UTC)", { least: 0 }).default(7),
  end_days_ago: wholeNumber("how many days ago it ends, this day not included", { least: 0 }).default(0),
});

const count = (description: string) => z.int().openapi({ description });
const Labs = z.record(z.string(), z.object({ builds: z.int(), boots: z.int(), tests: z.int() }));
const IssueList = z.record(
  z.string(),
  z.array(
    z.object({ id: z.string(), version: z.int(), comment: z.string().nullable(), total_incidents: count("of builds") }),
  ),
);

const Metrics = z
  .object({
    ...{ n_trees: count("names of trees"), n_checkouts: z.int(), n_builds: z.int(), n_tests: count("boots as well") },
    ...{ n_issues: z.int(), n_incidents: z.int() },
    build_incidents_by_origin: z.record(
      z.string(),
      z.object({
        total_incidents: z.int(),
        n_new_issues: count("issues whose first incident of a build is in the interval"),
        n_existing_issues: z.int(),
        n_total_issues: z.int(),
      }),
    ),
    top_issues_by_origin: IssueList.openapi({ description: "three of each origin, by incidents of builds" }),
    new_issues_by_origin: IssueList,
    lab_maps: Labs.openapi({ description: "by lab: the builds it tested, boots, other tests" }),
    ...{ prev_n_trees: z.int(), prev_n_checkouts: z.int(), prev_n_builds: z.int(), prev_n_tests: z.int() },
    prev_lab_maps: Labs,
  })
  .openapi("KernelciDashboardMetrics");

/** Contract part 08. */
export const route = createRoute({
  method: "get",
  path: "/metrics/",
  operationId: "getKernelciDashboardMetrics",
  summary: "What was ingested in an interval",
  description: "Whole days in UTC by time of ingestion, beside the interval of the same length before (`prev_…`).",
  tags: ["KernelCI"],
  request: { query: Query },
  responses: answersOf("the figures", Metrics),
});

/** Answers with the figures of an interval. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  const { start_days_ago: start, end_days_ago: end } = read.value;
  if (start <= end) return refused(c, "start_days_ago must be greater than end_days_ago to define a valid interval");
  const interval = { startDaysAgo: Math.min(start, MAX_DAYS), endDaysAgo: Math.min(end, MAX_DAYS) };
  return jsonAnswer(c, await ingestedBetween(c.env.db, interval));
}
