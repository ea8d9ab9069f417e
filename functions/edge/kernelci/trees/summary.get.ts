import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { summaryOfCommit } from "../../../../db/queries/kernelci/tree/summary.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf, Summary } from "../http/shapes.ts";
import { CommitParams, directly, NO_RESULTS, OpenQuery, openAddress } from "./address.ts";
import { summaryObject } from "./details-summary.ts";
import { noBuilds } from "./no-builds.ts";

/** Contract part 05, details. */
export const route = createRoute({
  method: "get",
  path: "/tree/{commit_hash}/summary",
  operationId: "getKernelciCommitSummary",
  summary: "Get the summary of a commit",
  description: "Counts of builds, boots and tests of a commit of a tree. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { params: CommitParams, query: OpenQuery },
  responses: answersOf("the summary", Summary),
});

/** Answers with the summary of a commit. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const found = await summaryOfCommit(c.env.db, openAddress(c, names), filters.value);
  if (!found.built) return found.tested ? noBuilds(c) : nothingFound(c, NO_RESULTS);
  return jsonAnswer(c, JSON.stringify(summaryObject(found, found)));
}

/** The same by tree and branch. */
export const direct = directly({ route, handler }, OpenQuery);
