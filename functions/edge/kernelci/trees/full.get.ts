import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { everythingOfCommit } from "../../../../db/queries/kernelci/tree/full.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf, BuildItem, Summary, TestItem } from "../http/shapes.ts";
import { CommitParams, directly, NO_RESULTS, OpenQuery, openAddress } from "./address.ts";
import { summaryObject } from "./details-summary.ts";
import { noBuilds } from "./no-builds.ts";

const Full = Summary.extend({ tests: z.array(TestItem), boots: z.array(TestItem), builds: z.array(BuildItem) });

/** Contract part 05, details. */
export const route = createRoute({
  method: "get",
  path: "/tree/{commit_hash}/full",
  operationId: "getKernelciCommit",
  summary: "Get everything of a commit",
  description: "Builds, boots and tests of a commit of a tree, with their summary. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { params: CommitParams, query: OpenQuery },
  responses: answersOf("everything of the commit", Full),
});

/** Answers with everything of a commit. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const found = await everythingOfCommit(c.env.db, openAddress(c, names), filters.value);
  if (found.checkouts === 0) return nothingFound(c, NO_RESULTS);
  if (found.checkouts === 1 && !found.built) return noBuilds(c);
  const { tests, boots, builds } = found;
  const summary = JSON.stringify(summaryObject(found, found));
  return jsonAnswer(c, `${summary.slice(0, -1)},"tests":${tests},"boots":${boots},"builds":${builds}}`);
}

/** The same by tree and branch. */
export const direct = directly({ route, handler }, OpenQuery);
