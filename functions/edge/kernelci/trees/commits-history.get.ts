import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { commitsHistoryOf } from "../../../../db/queries/kernelci/tree/commits-history.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import { readQuery, refuse, text } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";
import { HistoryItem, HistoryQuery, NO_HISTORY } from "./history-query.ts";

const hashes = z
  .string()
  .transform((given, context) => {
    const all = given.split(",").map((hash) => hash.trim());
    const named = all.filter((hash) => hash !== "");
    if (named.length > 0) return named;
    return refuse(context, { type: "value_error", msg: "Value error, At least one commit hash must be given" });
  })
  .openapi({
    type: "string",
    minLength: 1,
    pattern: "[^,\\s]",
    description: "comma list of full hashes, in the order of the answer",
  });

const Query = HistoryQuery.extend({
  commit_hashes: hashes,
  tree_name: text("tree; without one the repository decides").optional(),
});

/** Contract part 05, `tree/commits-history`. */
export const route = createRoute({
  method: "get",
  path: "/tree/commits-history",
  operationId: "listKernelciChosenCommits",
  summary: "Count chosen commits",
  description: "Counts of chosen commits of a branch, in the order asked for. Takes filters (`filter_<field>`).",
  tags: ["KernelCI trees"],
  request: { query: Query },
  responses: answersOf("the commits", z.array(HistoryItem)),
});

/** Answers with the counts of chosen commits. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "E");
  if (!read.ok) return read.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  const { origin, types, git_url: url, git_branch: branch = "", tree_name: tree, commit_hashes: commits } = read.value;
  const address = { origin, tree: tree === "" ? undefined : tree, branch, url };
  const onlyBuildsOfTests = read.value.builds_related_to_filtered_tests_only;
  const question = { commits, address, filters: filters.value, types, onlyBuildsOfTests };
  const found = await commitsHistoryOf(c.env.db, question);
  return found === null ? nothingFound(c, NO_HISTORY) : jsonAnswer(c, found);
}
