import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { reportOf } from "../../../../db/queries/kernelci/report/report.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound, refused } from "../http/answers.ts";
import { origin, readQuery, refuse, text, wholeNumber } from "../http/parameters.ts";
import { answersOf, StatusCount } from "../http/shapes.ts";

const MAX_AGE_HOURS = 720;
const MAX_GROUP_SIZE = 1_000_000;

const maxAge = wholeNumber("oldest start, in hours before now; at most 720", { above: 0 })
  .transform((hours, context) =>
    hours <= MAX_AGE_HOURS
      ? hours
      : refuse(context, {
          type: "less_than_equal",
          msg: `Input should be less than or equal to ${MAX_AGE_HOURS}`,
          ctx: { le: MAX_AGE_HOURS },
        }),
  )
  .openapi({ minimum: 1, maximum: MAX_AGE_HOURS });

/** A pattern cannot end with half an escape. */
const pattern = z.string().refine((given) => (/(?<!\\)\\*$/.exec(given)?.[0].length ?? 0) % 2 === 0, {
  message: "Value error, LIKE pattern must not end with escape character",
});

const Query = z.object({
  origin,
  git_branch: text("branch of the checkout"),
  git_url: text("repository of the checkout"),
  tree_name: text("tree; any by default").default(""),
  path: z.array(pattern).default([]).openapi({ description: "SQL LIKE patterns of test paths; all tests by default" }),
  group_size: wholeNumber("how many runs of a test are compared, above 1", { above: 1 }).default(3),
  min_age_in_hours: wholeNumber("youngest start, in hours before now").default(0),
  max_age_in_hours: maxAge.default(24),
});

const Run = z.object({ id: z.string(), start_time: z.string().nullable(), status: z.string().nullable() });
const Histories = z
  .record(z.string(), z.record(z.string(), z.record(z.string(), z.record(z.string(), z.array(Run)))))
  .openapi("KernelciTestHistories", {
    description: "platform, configuration, architecture/compiler, path, newest run first",
  });

const Lower = z
  .object(
    Object.fromEntries(["pass", "error", "fail", "skip", "miss", "done", "null"].map((s) => [`${s}_count`, z.int()])),
  )
  .openapi("KernelciTestStatusCount");

const BuildIssue = z.object({
  ...{ issue_id: z.string(), build_id: z.string(), version: z.int(), comment: z.string().nullable() },
  ...{ report_url: z.string().nullable(), culprit_code: z.boolean().nullable(), culprit_tool: z.boolean().nullable() },
  ...{ culprit_harness: z.boolean().nullable(), first_seen: z.string().nullable(), is_new_issue: z.boolean() },
});

const Report = z.object({
  ...{ dashboard_url: z.string(), git_url: z.string(), git_branch: z.string(), commit_hash: z.string() },
  ...{ origin: z.string(), checkout_start_time: z.string(), build_status_summary: StatusCount },
  ...{ boot_status_summary: Lower, test_status_summary: Lower },
  ...{ possible_regressions: Histories, fixed_regressions: Histories, unstable_tests: Histories },
  issues: z.object({ builds: z.array(BuildIssue) }),
});

/** Contract part 05, `tree-report/`. */
export const route = createRoute({
  method: "get",
  path: "/tree-report/",
  operationId: "getKernelciTreeReport",
  summary: "Report on a branch's newest commit",
  description: "Counts, regressions, fixes, unstable tests and build issues of the newest checkout of an interval.",
  tags: ["KernelCI trees"],
  request: { query: Query },
  responses: answersOf("the report", Report),
});

/** Answers with the report of a branch. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "E", ["path"]);
  if (!read.ok) return read.answer;
  const { origin: from, git_url: url, git_branch: branch, tree_name, path: paths, ...query } = read.value;
  const { min_age_in_hours: least, max_age_in_hours: most } = query;
  if (least >= most) return refused(c, "Minimum age can't be greater than or equal to the maximum age");
  const found = await reportOf(c.env.db, {
    ...{ origin: from, url, branch, tree: tree_name === "" ? undefined : tree_name, paths },
    groupSize: Math.min(query.group_size, MAX_GROUP_SIZE),
    age: { least: Math.max(least, -MAX_AGE_HOURS), most },
    historyHours: most,
  });
  return found === null ? nothingFound(c, "Tree not found in the given interval") : jsonAnswer(c, found);
}
