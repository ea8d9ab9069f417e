import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { commitsOf } from "../../../../db/queries/kernelci/tree/commit-list.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readQuery, text } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { NO_HISTORY } from "./history-query.ts";

const Params = z.object({
  tree_name: z.string().openapi({ example: "mainline" }),
  git_branch: z.string().openapi({ description: "a branch without slashes", example: "master" }),
});

const Query = z.object({
  origin: text("origin of the checkouts; nothing is found without it").default(""),
  git_url: text("repository of the checkouts; any by default").default(""),
});

const Item = z
  .object({
    git_commit_hash: z.string(),
    last_checkout: z.string().nullable(),
    git_commit_name: z.string().nullable(),
    git_commit_tags: z.array(z.string()),
  })
  .openapi("KernelciListedCommit");

/** Contract part 05, commit list. */
export const route = createRoute({
  method: "get",
  path: "/tree/{tree_name}/{git_branch}/commits",
  operationId: "listKernelciCommits",
  summary: "List the commits of a branch",
  description: "All commits of a branch of a tree that were checked out, newest first.",
  tags: ["KernelCI trees"],
  request: { params: Params, query: Query },
  responses: answersOf("the commits", z.array(Item)),
});

/** Answers with the commits of a branch. */
export async function handler(c: Context<Env>, { tree_name: tree = "", git_branch: branch = "" }: PathNames) {
  const read = readQuery(c, Query, "E");
  if (!read.ok) return read.answer;
  const { origin, git_url: url } = read.value;
  const found = await commitsOf(c.env.db, { origin, tree, branch, url });
  return found === null ? nothingFound(c, NO_HISTORY) : jsonAnswer(c, found);
}
