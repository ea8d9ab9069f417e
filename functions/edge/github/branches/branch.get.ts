import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { branchOf } from "../../../../db/queries/github/branches.ts";
import type { Env } from "../../env.ts";
import { placeOf } from "../commits/commit-shape.ts";
import { answerIn, apiBase, jsonAnswer } from "../http/answers.ts";
import { ERRORS, githubError } from "../http/errors.ts";
import { RepoParams, repoOf, textOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { WholeBranch } from "../http/schemas.ts";
import { wholeBranchShape } from "./branch-shape.ts";

const Params = RepoParams.extend({
  branch: z.string().openapi({ description: "its name, slashes encoded or plain", example: "main" }),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/branches/{branch}",
  operationId: "getGithubBranch",
  summary: "Get a branch",
  tags: ["GitHub"],
  request: { params: Params },
  responses: { ...oneResponse("the branch", WholeBranch), ...ERRORS },
});

/** Answers with a branch that exists. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await branchOf(c.env.db, { repo: repoOf(c), branch: textOf(c.req.param("branch")) });
  return answerIn(c, found, ({ name, html_url, branch, head }) => {
    if (branch === null) return githubError(c, 404, "Branch not found");
    return jsonAnswer(c, JSON.stringify(wholeBranchShape(branch, head, placeOf(apiBase(c), name, html_url))));
  });
}
