import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { commitOf } from "../../../db/queries/github/commits.ts";
import type { Env } from "../env.ts";
import { answerIn, apiBase, jsonAnswer } from "./answers.ts";
import { commitShape, placeOf } from "./commit-shape.ts";
import { ERRORS, githubError, INVALID } from "./errors.ts";
import { RepoParams, repoOf, textOf } from "./parameters.ts";
import { oneResponse } from "./responses.ts";
import { Commit } from "./schemas.ts";

const Params = RepoParams.extend({
  sha: z.string().openapi({ description: "hash of the commit, or a branch for its head" }),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/commits/{sha}",
  operationId: "getGithubCommit",
  summary: "Get a commit",
  tags: ["GitHub"],
  request: { params: Params },
  responses: { ...oneResponse("the commit", Commit), ...ERRORS, ...INVALID },
});

/** Answers with a commit. */
export async function handler(c: Context<Env>): Promise<Response> {
  const ref = textOf(c.req.param("sha"));
  const found = await commitOf(c.env.db, { repo: repoOf(c), ref });
  return answerIn(c, found, ({ name, html_url, commit }) => {
    if (commit === null) return githubError(c, 422, `No commit found for SHA: ${ref}`);
    return jsonAnswer(c, JSON.stringify(commitShape(commit, placeOf(apiBase(c), name, html_url))));
  });
}
