import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { latestCheckoutOf } from "../../../../db/queries/kernelci/tree/latest.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { queryOf, text } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";

const DEFAULT_ORIGIN = "maestro";

const Latest = z.object({
  git_repository_url: z.string().nullable(),
  git_commit_hash: z.string(),
  git_commit_name: z.string().nullable(),
  ...{ origin: z.string(), api_url: z.string(), old_api_url: z.string() },
  ...{ tree_name: z.string(), git_repository_branch: z.string() },
});

/** Contract part 05, latest. */
export const route = createRoute({
  method: "get",
  path: "/tree/{tree_name}/{git_branch}",
  operationId: "getLatestKernelciCheckout",
  summary: "Get the newest checkout of a branch",
  description: "With the addresses of its details. The branch may hold slashes.",
  tags: ["KernelCI trees"],
  request: {
    params: z.object({ tree_name: z.string(), git_branch: z.string() }),
    query: z.object({
      origin: text("origin of the checkout (default: maestro)").optional(),
      commit_hash: text("hash or tag of the commit (default: any)").optional(),
    }),
  },
  responses: answersOf("the checkout", Latest),
});

/** Answers with the newest checkout of a tree and branch. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const { tree_name = "", git_branch = "" } = names;
  const given = (name: string) => queryOf(c).getAll(name).at(-1);
  const origin = given("origin") ?? DEFAULT_ORIGIN;
  const commit = given("commit_hash");
  const found = await latestCheckoutOf(c.env.db, { origin, tree: tree_name, branch: git_branch, commit });
  if (found === undefined) {
    const defaulted = ` No origin was provided so it was defaulted to ${DEFAULT_ORIGIN}`;
    const params = { tree_name, git_branch, origin, commit_hash: commit ?? null };
    return nothingFound(c, `Tree not found.${given("origin") === undefined ? defaulted : ""}`, { params });
  }
  const { git_repository_url, git_commit_hash, git_commit_name } = found;
  return jsonAnswer(
    c,
    JSON.stringify({
      ...{ git_repository_url, git_commit_hash, git_commit_name, origin },
      api_url: `/api/tree/${inPath(tree_name)}/${inPath(git_branch)}/${git_commit_hash}/full?${form({ origin })}`,
      old_api_url: `/api/tree/${git_commit_hash}/full?${form({ origin, git_url: git_repository_url ?? "", git_branch })}`,
      ...{ tree_name, git_repository_branch: git_branch },
    }),
  );
}

/** A name as a path has it, its slashes as they are. */
function inPath(name: string): string {
  return encodeURI(name).replace(/[?#]/g, encodeURIComponent);
}

/** Parameters as a form sends them, with all but letters, digits and `_.-~` escaped. */
function form(parameters: Readonly<Record<string, string>>): string {
  const escaped = (value: string) =>
    encodeURIComponent(value)
      .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%20", "+");
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${escaped(value)}`)
    .join("&");
}
