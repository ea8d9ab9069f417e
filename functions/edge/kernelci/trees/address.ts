import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { TreeAddress } from "../../../../db/queries/kernelci/tree/checkouts.ts";
import type { Env } from "../../env.ts";
import { origin, queryOf, readQuery, text, truth } from "../http/parameters.ts";
import type { PathNames, RouteFile } from "../http/route-table.ts";
import type { Checked } from "../http/validation.ts";

/** What the contract says where there is nothing. */
export const NO_RESULTS = "No results available for this tree/branch/commit";

const commit_hash = z.string().openapi({ description: "hash of the commit, or a tag", example: "v6.14-rc6" });

/** The path of the form by commit. */
export const CommitParams = z.object({ commit_hash });

/** The path of the direct form. */
const TreeParams = z.object({
  tree_name: z.string().openapi({ example: "mainline" }),
  git_branch: z.string().openapi({ description: "may hold slashes", example: "master" }),
  commit_hash,
});

/** What decides on the checkouts; a repository or branch that is empty or left out means checkouts without one. */
export const OpenQuery = z.object({
  origin,
  git_url: text("repository of the checkouts").optional(),
  git_branch: text("branch of the checkouts").optional(),
});

/** The same where repository and branch must be given. */
const CommitQuery = z.object({
  origin,
  git_url: text("repository of the checkouts"),
  git_branch: text("branch of the checkouts"),
});

const DirectQuery = z.object({ origin });

const Whole = z.object({
  full_environment_misc: truth("whether all of environment_misc is shown, not the platform alone").default(false),
});

/** Queries of the lists by commit and in the direct form. */
export const ListQuery = {
  builds: { byCommit: CommitQuery, directly: DirectQuery },
  tests: { byCommit: CommitQuery.extend(Whole.shape), directly: DirectQuery.extend(Whole.shape) },
};

/** The same route by tree and branch; `query` is what it documents there. */
export function directly({ route, handler }: RouteFile, query: z.ZodObject): RouteFile {
  const path = route.path.replace("/tree/", "/tree/{tree_name}/{git_branch}/");
  const operationId = `${route.operationId}Directly`;
  return { route: { ...route, path, operationId, request: { params: TreeParams, query } }, handler };
}

/** The address a details page that validates nothing is asked for: a branch in the query replaces that of the path. */
export function openAddress(
  c: Context<Env>,
  { commit_hash: commit = "", tree_name: tree, git_branch }: PathNames,
): TreeAddress {
  const given = (name: string) => queryOf(c).getAll(name).at(-1);
  return {
    commit,
    tree,
    origin: given("origin") ?? "maestro",
    branch: given("git_branch") ?? git_branch ?? "",
    url: given("git_url") ?? "",
  };
}

/** The address a list is asked for, whose parameters are validated (style E). */
export function listAddress(c: Context<Env>, names: PathNames): Checked<TreeAddress> {
  const { commit_hash: commit = "", tree_name: tree, git_branch: branch = "" } = names;
  if (tree !== undefined) {
    const read = readQuery(c, DirectQuery, "E");
    return read.ok ? { ok: true, value: { commit, tree, branch, url: "", ...read.value } } : read;
  }
  const read = readQuery(c, CommitQuery, "E");
  if (!read.ok) return read;
  const { git_url: url, git_branch, origin: from } = read.value;
  return { ok: true, value: { commit, tree, branch: git_branch, url, origin: from } };
}

/** Whether a list of boots or tests shows whole environments. */
export function wholeEnvironment(c: Context<Env>): Checked<z.infer<typeof Whole>> {
  return readQuery(c, Whole, "E");
}
