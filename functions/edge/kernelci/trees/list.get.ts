import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { treesOf } from "../../../../db/queries/kernelci/tree/list.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { days, origin, readQuery } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";

const Query = z.object({
  origin,
  interval_in_days: days("how many days ago checkouts may have started").default(7),
});

const Count = z.object({ PASS: z.int(), FAIL: z.int(), INCONCLUSIVE: z.int() });
const text = z.string().nullable();
const Tree = z.object({
  ...{ id: z.string(), build_status: Count, boot_status: Count, test_status: Count, tree_name: text },
  ...{ git_commit_tags: z.array(z.string()).nullable(), origin: z.string(), git_repository_url: text },
  ...{ git_repository_branch: text, git_commit_hash: text, git_commit_name: text, start_time: text },
});

/** Contract part 05, list. */
export const route = createRoute({
  method: "get",
  path: "/tree/",
  operationId: "listKernelciTrees",
  summary: "List trees",
  description: "The newest checkout of each branch of each tree, with the counts of its commit.",
  tags: ["KernelCI trees"],
  request: { query: Query },
  responses: answersOf("the trees", z.array(Tree)),
});

/** Answers with the trees of an origin. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  const trees = await treesOf(c.env.db, { origin: read.value.origin, days: read.value.interval_in_days });
  return trees === "[]" ? nothingFound(c, "No trees were found") : jsonAnswer(c, trees);
}
