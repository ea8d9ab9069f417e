import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Bucket, timeseriesOf } from "../../../../db/queries/github/insights/timeseries.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { insightAnswer, unknownValue, WindowShape } from "./answer.ts";
import { readInsight, WindowQuery, windowOf } from "./query.ts";

const LENGTH_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const MAX_BUCKETS = 10_000;

const BucketName = z.enum(["hour", "day", "week"]);
const Query = WindowQuery.extend({
  bucket: BucketName.default("day").openapi({ description: `at most ${MAX_BUCKETS} in a window` }),
});
const Answer = WindowShape.extend({ bucket: BucketName, buckets: z.array(Bucket) });

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/timeseries",
  operationId: "getGithubTimeseries",
  summary: "Get figures by hour, day or week",
  description: "The first and the last bucket hold only runs inside the window (default: the last 7 days).",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: Query },
  responses: { ...oneResponse("the figures, oldest first", Answer), ...ERRORS, ...INVALID },
});

/** Answers with the figures of each bucket of a window. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, Query);
  if (!read.ok) return read.answer;
  const { bucket } = read.query;
  const window = windowOf(read.query, read.choice, "7d");
  const lengthMs = Date.parse(window.until) - Date.parse(window.since);
  if (lengthMs / LENGTH_MS[bucket] > MAX_BUCKETS) return unknownValue(c, "bucket");
  const found = await timeseriesOf(c.env.db, read.choice, { ...window, bucket });
  return insightAnswer(c, found, window.until, ({ buckets }) => ({ ...window, bucket, buckets }));
}
