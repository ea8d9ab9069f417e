import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { WaterfallCommit, WaterfallWorkflow, waterfallOf } from "../../../../db/queries/github/insights/waterfall.ts";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { linkHeader } from "../http/links.ts";
import { PageQuery, RepoParams } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { insightAnswer, PrintedJson } from "./answer.ts";
import { ChoiceQuery, readInsight } from "./query.ts";

const Query = ChoiceQuery.extend({
  per_page: z
    .string()
    .optional()
    .transform((text = "") => (/^[1-9]\d*$/.test(text) ? Math.min(Number(text), 100) : 25))
    .openapi({ type: "integer", description: "commits in a page, at most 100 (default 25)" }),
  page: PageQuery.shape.page,
});
const Answer = z.object({
  branch: z.string().nullable(),
  total_count: z.int().openapi({ description: "commits in all pages" }),
  workflows: z.array(WaterfallWorkflow).openapi({ description: "of this page, by name" }),
  commits: z.array(WaterfallCommit),
});

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/insights/waterfall",
  operationId: "getGithubWaterfall",
  summary: "Get commits by workflows",
  description: "Head commits of a branch (default: the default branch), newest first, without those of forks.",
  tags: ["GitHub insights"],
  request: { params: RepoParams, query: Query },
  responses: { ...listResponse("a page of commits", Answer), ...ERRORS, ...INVALID },
});

/** Answers with a page of commits and the newest run of each workflow on them. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readInsight(c, Query);
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const found = await waterfallOf(c.env.db, read.choice, page);
  return insightAnswer(c, found, read.choice.asOf, ({ branch, total, workflows, commits }) => {
    const link = linkHeader(c.req.url, page, { total, perPage: page.perPage });
    if (link !== undefined) c.header("Link", link);
    return {
      branch,
      total_count: total,
      workflows: new PrintedJson(workflows),
      commits: new PrintedJson(commits),
    };
  });
}
