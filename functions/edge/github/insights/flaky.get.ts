import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { FlakyWorkflow, flakyWorkflows } from "../../../../db/queries/github/insights/flaky.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { insightAnswer, PrintedJson, WindowShape } from "./answer.ts";
import { readInsight, WindowQuery, windowOf } from "./query.ts";

const Answer = WindowShape.extend({
  total_count: z.int().openapi({ description: "flaky workflows" }),
  workflows: z.array(FlakyWorkflow).openapi({ description: "most flaky commits first" }),
});

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/flaky",
  operationId: "getGithubFlakyWorkflows",
  summary: "Get flaky workflows",
  description: "Workflows that both failed and succeeded on one commit, in a window (default: the last 30 days).",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: WindowQuery },
  responses: { ...oneResponse("the workflows", Answer), ...ERRORS, ...INVALID },
});

/** Answers with the flaky workflows of a window. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, WindowQuery);
  if (!read.ok) return read.answer;
  const window = windowOf(read.query, read.choice, "30d");
  const found = await flakyWorkflows(c.env.db, read.choice, window);
  return insightAnswer(c, found, window.until, ({ total, workflows }) => ({
    ...window,
    total_count: total,
    workflows: new PrintedJson(workflows),
  }));
}
