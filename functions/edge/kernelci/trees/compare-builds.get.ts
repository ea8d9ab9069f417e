import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { differingBuilds } from "../../../../db/queries/kernelci/compare/differences.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { CompareParams, CompareQuery, Grouped, readCompared } from "./compare-query.ts";

const Item = z.object({
  ...{ config_name: z.string(), architecture: z.string(), compiler: z.string(), status_a: Grouped, status_b: Grouped },
});

/** Contract part 05, comparison. */
export const route = createRoute({
  method: "get",
  path: "/tree/{tree_name}/{git_branch}/compare/builds",
  operationId: "compareKernelciBuilds",
  summary: "List the builds that two commits differ in",
  description: "Builds that differ, or fail on both sides. Takes filters (`filter_<field>`).",
  tags: ["KernelCI comparison"],
  request: { params: CompareParams, query: CompareQuery },
  responses: answersOf("the builds", z.array(Item)),
});

/** Answers with the builds that two commits differ in. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const read = readCompared(c, names, "S");
  if (!read.ok) return read.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  return jsonAnswer(c, await differingBuilds(c.env.db, read.value, filters.value));
}
