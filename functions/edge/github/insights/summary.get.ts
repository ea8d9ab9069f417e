import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Summary, summaryOf } from "../../../../db/queries/github/insights/summary.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { insightAnswer, WindowShape } from "./answer.ts";
import { readInsight, WindowQuery, windowOf } from "./query.ts";

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/summary",
  operationId: "getGithubSummary",
  summary: "Get the figures of a period",
  description: "Counts, success rate, durations and queue times of the runs of a window (default: the last 7 days).",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: WindowQuery },
  responses: { ...oneResponse("the figures", WindowShape.extend(Summary.shape)), ...ERRORS, ...INVALID },
});

/** Answers with the figures of a window. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, WindowQuery);
  if (!read.ok) return read.answer;
  const window = windowOf(read.query, read.choice, "7d");
  const found = await summaryOf(c.env.db, read.choice, window);
  return insightAnswer(c, found, window.until, ({ summary }) => ({ ...window, ...summary }));
}
