import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { statusHistoryOf } from "../../../../db/queries/kernelci/status-history.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, refused } from "../http/answers.ts";
import { origin, readQuery, text, time, wholeNumber } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";
import { REGRESSIONS, regressionOf } from "../trees/regression.ts";

/** More runs than anyone looks at. */
const MOST_RUNS = 10_000;

const Query = z.object({
  path: text("path of the test"),
  origin,
  git_repository_url: text("repository of the checkouts"),
  git_repository_branch: text("branch of the checkouts"),
  platform: text("platform of the test; none: tests without a platform").optional(),
  current_test_start_time: time("when the test in question started").optional(),
  config_name: text("configuration of the builds"),
  field_timestamp: time("when the test in question was stored; for one without a start time").optional(),
  group_size: wholeNumber("how many runs at most", { above: 0 })
    .transform((size) => Math.min(size, MOST_RUNS))
    .default(10),
});

const Answer = z.object({
  status_history: z.array(
    z.object({
      ...{ start_time: z.string().nullable(), id: z.string(), status: z.string() },
      git_commit_hash: z.string().nullable(),
    }),
  ),
  regression_type: z.enum(REGRESSIONS),
});

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/test/status-history",
  operationId: "getKernelciStatusHistory",
  summary: "Get a test's history",
  description: "The runs of a test up to a time, newest first, and what they show.",
  tags: ["KernelCI tests"],
  request: { query: Query },
  responses: answersOf("the history", Answer),
});

/** Answers with the runs of a test. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  const asked = read.value;
  const history = await statusHistoryOf(c.env.db, {
    path: asked.path,
    origin: asked.origin,
    repositoryUrl: asked.git_repository_url,
    branch: asked.git_repository_branch,
    config: asked.config_name,
    platform: asked.platform,
    startedUntil: asked.current_test_start_time,
    storedUntil: asked.field_timestamp,
    size: asked.group_size,
  });
  if (history.length === 0) return refused(c, "Test status history not found");
  const regression = regressionOf(history.map(({ status }) => status));
  return jsonAnswer(c, JSON.stringify({ status_history: history, regression_type: regression }));
}
