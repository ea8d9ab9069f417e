import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { buildsOfCommit } from "../../../../db/queries/kernelci/tree/builds.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf, BuildItem } from "../http/shapes.ts";
import { CommitParams, directly, ListQuery, listAddress, NO_RESULTS } from "./address.ts";
import { noBuilds } from "./no-builds.ts";

/** Contract part 05, details. */
export const route = createRoute({
  method: "get",
  path: "/tree/{commit_hash}/builds",
  operationId: "listKernelciCommitBuilds",
  summary: "List the builds of a commit",
  description: "Builds of a commit of a tree. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { params: CommitParams, query: ListQuery.builds.byCommit },
  responses: answersOf("the builds", z.object({ builds: z.array(BuildItem) })),
});

/** Answers with the builds of a commit. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const address = listAddress(c, names);
  if (!address.ok) return address.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const { checkouts, built, items } = await buildsOfCommit(c.env.db, address.value, filters.value);
  if (checkouts === 0) return nothingFound(c, NO_RESULTS);
  if (checkouts === 1 && !built) return noBuilds(c);
  return jsonAnswer(c, `{"builds":${items}}`);
}

/** The same by tree and branch. */
export const direct = directly({ route, handler }, ListQuery.builds.directly);
