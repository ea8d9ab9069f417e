import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Compared } from "../../../../db/queries/kernelci/compare/sides.ts";
import type { Env } from "../../env.ts";
import { refused } from "../http/answers.ts";
import { origin, readQuery, text } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import type { Checked, Style } from "../http/validation.ts";

/** The branch whose commits are compared. */
export const CompareParams = z.object({
  tree_name: z.string().openapi({ example: "mainline" }),
  git_branch: z.string().openapi({ description: "may hold slashes", example: "master" }),
});

/** The two commits; tags don't stand for commits here. */
export const CompareQuery = z.object({
  hash_a: text("full hash of the commit to compare with")
    .default("")
    .openapi({ minLength: 1, default: undefined, param: { required: true } }),
  hash_b: text("full hash of the commit that is compared")
    .default("")
    .openapi({ minLength: 1, default: undefined, param: { required: true } }),
  origin,
});

/** PASS, FAIL or INCONCLUSIVE; null where the side has none. */
export const Grouped = z.enum(["PASS", "FAIL", "INCONCLUSIVE"]).nullable();

/** Which commits are to be compared, or the 400 that says that both are needed (contract part 05, comparison). */
export function readCompared(c: Context<Env>, names: PathNames, style: Style): Checked<Compared> {
  const read = readQuery(c, CompareQuery, style);
  if (!read.ok) return read;
  const { hash_a: a, hash_b: b, origin: from } = read.value;
  if (a === "" || b === "") return { ok: false, answer: refused(c, "hash_a and hash_b are required") };
  const { tree_name: tree = "", git_branch: branch = "" } = names;
  return { ok: true, value: { a, b, origin: from, tree, branch } };
}
