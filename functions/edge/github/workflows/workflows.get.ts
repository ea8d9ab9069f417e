import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { workflowsOf } from "../../../../db/queries/github/workflows.ts";
import type { Env } from "../../env.ts";
import { answerIn, countedAnswer } from "../http/answers.ts";
import { ERRORS } from "../http/errors.ts";
import { PageQuery, RepoParams, readQuery, repoOf } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Workflow } from "../http/schemas.ts";

const Answer = z.object({ total_count: z.int(), workflows: z.array(Workflow) });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/workflows",
  operationId: "listGithubWorkflows",
  summary: "List workflows",
  description: "By id, disabled and deleted ones too.",
  tags: ["GitHub"],
  request: { params: RepoParams, query: PageQuery },
  responses: { ...listResponse("a page of workflows", Answer), ...ERRORS },
});

/** Answers with a page of workflows. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, PageQuery, "Workflow");
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const workflows = await workflowsOf(c.env.db, { repo: repoOf(c), page });
  return answerIn(c, workflows, (found) => countedAnswer(c, "workflows", found, page));
}
