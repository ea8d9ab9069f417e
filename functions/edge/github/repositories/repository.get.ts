import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { repositoryOf } from "../../../../db/queries/github/repository.ts";
import type { Env } from "../../env.ts";
import { answerIn, apiBase, jsonAnswer } from "../http/answers.ts";
import { ERRORS } from "../http/errors.ts";
import { RepoParams, repoOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Repository } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}",
  operationId: "getGithubRepository",
  summary: "Get a repository",
  description: "Everything below `/repos/{owner}/{repo}` is served below `/repositories/{id}` too.",
  tags: ["GitHub"],
  request: { params: RepoParams },
  responses: { ...oneResponse("the repository", Repository), ...ERRORS },
});

/** Answers with a repository. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await repositoryOf(c.env.db, { repo: repoOf(c), apiBase: apiBase(c) });
  return answerIn(c, found, ({ repository }) => jsonAnswer(c, repository));
}
