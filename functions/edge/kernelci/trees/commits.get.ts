import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { historyOf } from "../../../../db/queries/kernelci/tree/history.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import { readQuery } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { CommitParams, directly } from "./address.ts";
import { HistoryItem, HistoryQuery, NO_HISTORY, rangeOf } from "./history-query.ts";

/** Contract part 05, history of commits. */
export const route = createRoute({
  method: "get",
  path: "/tree/{commit_hash}/commits",
  operationId: "listKernelciHistory",
  summary: "Count a commit and those before it",
  description:
    "Counts of a commit and the five before it on its branch, newest first. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { params: CommitParams, query: HistoryQuery },
  responses: answersOf("the commits", z.array(HistoryItem)),
});

/** Answers with the counts of a commit and of the five before it. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const read = readQuery(c, HistoryQuery, "E");
  if (!read.ok) return read.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const { origin, types, git_url: url, git_branch, ...query } = read.value;
  const { commit_hash: commit = "", tree_name: tree } = names;
  const found = await historyOf(c.env.db, {
    address: { commit, origin, tree, url, branch: git_branch || (names.git_branch ?? "") },
    filters: filters.value,
    types,
    onlyBuildsOfTests: query.builds_related_to_filtered_tests_only,
    range: rangeOf(query.start_timestamp_in_seconds, query.end_timestamp_in_seconds),
  });
  return found === null ? nothingFound(c, NO_HISTORY) : jsonAnswer(c, found);
}

/** The same by tree and branch. */
export const direct = directly({ route, handler }, HistoryQuery);
