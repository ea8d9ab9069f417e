import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Comparison, comparisonOf } from "../../../../db/queries/kernelci/compare/summary.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { CompareParams, CompareQuery, readCompared } from "./compare-query.ts";

const Answer = z.object({
  ...{ treeName: z.string(), branch: z.string(), gitUrl: z.string() },
  summary: z.object({ builds: Comparison, boots: Comparison, tests: Comparison }),
});

/** Contract part 05, comparison. */
export const route = createRoute({
  method: "get",
  path: "/tree/{tree_name}/{git_branch}/compare",
  operationId: "compareKernelciCommits",
  summary: "Compare two commits",
  description: "Counts of two commits of a branch, and how builds, boots and tests went from one to the other.",
  tags: ["KernelCI comparison"],
  request: { params: CompareParams, query: CompareQuery },
  responses: answersOf("the comparison", Answer),
});

/** Answers with the counts of two commits. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const read = readCompared(c, names, "S");
  if (!read.ok) return read.answer;
  const { url, summary } = await comparisonOf(c.env.db, read.value);
  const { builds, boots, tests } = summary;
  const { tree, branch } = read.value;
  return jsonAnswer(c, JSON.stringify({ treeName: tree, branch, gitUrl: url, summary: { builds, boots, tests } }));
}
