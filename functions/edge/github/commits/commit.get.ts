import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { commitOf } from "../../../../db/queries/github/commits.ts";
import type { Env } from "../../env.ts";
import { answerIn, apiBase, jsonAnswer } from "../http/answers.ts";
import { ERRORS, githubError, INVALID, notFound } from "../http/errors.ts";
import { RepoParams, repoOf, textOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Commit } from "../http/schemas.ts";
import { parseCommitRef } from "./commit-ref.ts";
import { commitShape, placeOf } from "./commit-shape.ts";

/** What GitHub serves below a commit and we do not; a branch may be called so all the same. */
const UNSERVED = /\/(?:branches-where-head|check-runs|check-suites|comments|pulls|status|statuses)$/;

const Params = RepoParams.extend({
  sha: z.string().openapi({ description: "hash of the commit, also abbreviated, or a branch for its head" }),
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
  const found = await commitOf(c.env.db, { repo: repoOf(c), ref: parseCommitRef(ref) });
  return answerIn(c, found, ({ name, html_url, commit }) => {
    if (commit === null && UNSERVED.test(ref)) return notFound(c);
    if (commit === null) return githubError(c, 422, `No commit found for SHA: ${ref}`);
    return jsonAnswer(c, JSON.stringify(commitShape(commit, placeOf(apiBase(c), name, html_url))));
  });
}
