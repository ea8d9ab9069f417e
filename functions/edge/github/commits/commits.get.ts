import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { commitsOf } from "../../../../db/queries/github/commits.ts";
import type { Env } from "../../env.ts";
import { answerIn, apiBase, listAnswer } from "../http/answers.ts";
import { ERRORS, INVALID, notFound } from "../http/errors.ts";
import { PageQuery, RepoParams, readQuery, repoOf, Text } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Commit } from "../http/schemas.ts";
import { instantOf } from "../runs/created-range.ts";
import { parseCommitRef } from "./commit-ref.ts";
import { commitShape, placeOf } from "./commit-shape.ts";

const instant = (end: "lower" | "upper") =>
  z
    .string()
    .transform((text, ctx) => {
      const at = instantOf(text, end);
      if (at === undefined) ctx.addIssue({ code: "custom", message: "is no date or instant" });
      return at ?? z.NEVER;
    })
    .openapi({ type: "string", example: "2025-03-10T00:00:00Z" });

/** A filter of GitHub's that is not served: a whole list must not pass for the filtered one. */
const Unserved = z.string().refine(() => false, "is not served");

const Query = z.object({
  sha: Text.optional().openapi({
    description: "name of a branch, or hash of a commit, also abbreviated; default: the default branch",
    example: "main",
  }),
  path: Unserved.optional().openapi({ description: "refused, as files are not known" }),
  committer: Unserved.optional().openapi({ description: "refused, as it is not filtered by" }),
  author: Text.optional().openapi({ description: "login or name of the author", example: "octocat" }),
  since: instant("lower").optional(),
  until: instant("upper").optional(),
  ...PageQuery.shape,
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/commits",
  operationId: "listGithubCommits",
  summary: "List commits",
  description:
    "Commits listed on or pushed to a branch, newest author date first. From a commit on, the history is that of a branch that holds it.",
  tags: ["GitHub"],
  request: { params: RepoParams, query: Query },
  responses: { ...listResponse("a page of commits", z.array(Commit)), ...ERRORS, ...INVALID },
});

/** Answers with a page of commits. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "Commit");
  if (!read.ok) return read.answer;
  const { sha, author, since, until, page, per_page: perPage } = read.query;
  const filters = { ref: sha === undefined ? undefined : parseCommitRef(sha), author, since, until };
  const commits = await commitsOf(c.env.db, { repo: repoOf(c), filters, page: { page, perPage } });
  return answerIn(c, commits, ({ known, name, html_url, items, ...listed }) => {
    if (!known) return notFound(c);
    const place = placeOf(apiBase(c), name, html_url);
    return listAnswer(c, JSON.stringify(items.map((commit) => commitShape(commit, place))), { page, perPage }, listed);
  });
}
