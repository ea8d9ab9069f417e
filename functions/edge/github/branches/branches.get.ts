import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { branchesOf } from "../../../../db/queries/github/branches.ts";
import type { Env } from "../../env.ts";
import { answerIn, apiBase, listAnswer } from "../http/answers.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { Flag, PageQuery, RepoParams, readQuery, repoOf } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Branch } from "../http/schemas.ts";
import { branchShape } from "./branch-shape.ts";

const Query = z.object({
  protected: Flag.optional().openapi({ description: "only protected branches, or only others" }),
  ...PageQuery.shape,
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/branches",
  operationId: "listGithubBranches",
  summary: "List branches",
  description: "By name in code point order, deleted ones left out.",
  tags: ["GitHub"],
  request: { params: RepoParams, query: Query },
  responses: { ...listResponse("a page of branches", z.array(Branch)), ...ERRORS, ...INVALID },
});

/** Answers with a page of branches. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "Branch");
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const branches = await branchesOf(c.env.db, { repo: repoOf(c), isProtected: read.query.protected, page });
  return answerIn(c, branches, ({ name, items, ...listed }) => {
    const repoUrl = `${apiBase(c)}/repos/${name}`;
    return listAnswer(c, JSON.stringify(items.map((branch) => branchShape(branch, repoUrl))), page, listed);
  });
}
