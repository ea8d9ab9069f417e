import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf, TestItem } from "../http/shapes.ts";
import { CommitParams, directly, ListQuery } from "./address.ts";
import { answerTests } from "./test-list.ts";

/** Contract part 05, details. */
export const route = createRoute({
  method: "get",
  path: "/tree/{commit_hash}/boots",
  operationId: "listKernelciCommitBoots",
  summary: "List the boots of a commit",
  description: "Boots of a commit of a tree. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { params: CommitParams, query: ListQuery.tests.byCommit },
  responses: answersOf("the boots", z.object({ boots: z.array(TestItem) })),
});

/** Answers with the boots of a commit. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  return await answerTests(c, names, "boots");
}

/** The same by tree and branch. */
export const direct = directly({ route, handler }, ListQuery.tests.directly);
