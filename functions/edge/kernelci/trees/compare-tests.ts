import { createRoute, z } from "@hono/zod-openapi";
import { differingTests } from "../../../../db/queries/kernelci/compare/differences.ts";
import { jsonAnswer } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { RouteFile } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { CompareParams, CompareQuery, Grouped, readCompared } from "./compare-query.ts";

const Item = z.object({
  ...{ path: z.string(), config_name: z.string(), architecture: z.string(), platform: z.string() },
  ...{ status_a: Grouped, status_b: Grouped },
});

/** The comparison of boots or of other tests (contract part 05). */
export function comparing(kind: "boots" | "tests", operationId: string): RouteFile {
  return {
    route: createRoute({
      method: "get",
      path: `/tree/{tree_name}/{git_branch}/compare/${kind}`,
      operationId,
      summary: `List the ${kind} that two commits differ in`,
      description: `What differs of the ${kind}, or fails on both sides. Takes filters (\`filter_<field>\`).`,
      tags: ["KernelCI comparison"],
      request: { params: CompareParams, query: CompareQuery },
      responses: answersOf(`the ${kind}`, z.array(Item)),
    }),
    async handler(c, names) {
      const read = readCompared(c, names, "E");
      if (!read.ok) return read.answer;
      const filters = readFilters(c);
      if (!filters.ok) return filters.answer;
      return jsonAnswer(c, await differingTests(c.env.db, read.value, filters.value, kind));
    },
  };
}
