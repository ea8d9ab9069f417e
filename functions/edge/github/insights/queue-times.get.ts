import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { QUEUE_GROUPS, QueueTimes, queueTimesOf } from "../../../../db/queries/github/insights/queue-times.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { insightAnswer, WindowShape } from "./answer.ts";
import { readInsight, WindowQuery, windowOf } from "./query.ts";

const GroupBy = z.enum(QUEUE_GROUPS);
const Query = WindowQuery.extend({ group_by: GroupBy.default("os") });
const Answer = WindowShape.extend({
  group_by: GroupBy,
  groups: z.array(QueueTimes).openapi({ description: "most jobs first" }),
});

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/queue-times",
  operationId: "getGithubQueueTimes",
  summary: "Get queue times of jobs",
  description: "How long jobs waited for a runner, by system, workflow or group of runners (default: the last 7 days).",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: Query },
  responses: { ...oneResponse("the queue times", Answer), ...ERRORS, ...INVALID },
});

/** Answers with the queue times of a window's jobs. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, Query);
  if (!read.ok) return read.answer;
  const { group_by } = read.query;
  const window = windowOf(read.query, read.choice, "7d");
  const found = await queueTimesOf(c.env.db, read.choice, { ...window, groupBy: group_by });
  return insightAnswer(c, found, window.until, ({ groups }) => ({ ...window, group_by, groups }));
}
