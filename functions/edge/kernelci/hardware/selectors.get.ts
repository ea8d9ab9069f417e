import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listRevisions } from "../../../../db/queries/kernelci/hardware/selectors.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import { readQuery, text } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";

const Query = z.object({
  origin: text("origin of the builds, or of tests that run on others' builds").default("maestro"),
});

const Revision = z.object({
  git_commit_hash: z.string(),
  git_commit_name: z.string().nullable(),
  start_time: z.string(),
});
const Branch = z.object({
  ...{ git_repository_url: z.string(), git_repository_branch: z.string(), revisions: z.array(Revision) },
});

/** Contract part 06, selectors. */
export const route = createRoute({
  method: "get",
  path: "/hardware/selectors/",
  operationId: "listKernelciHardwareRevisions",
  summary: "List the revisions to choose from",
  description: "Revisions of the last 30 days, by tree and branch, newest first.",
  tags: ["KernelCI hardware"],
  request: { query: Query },
  responses: answersOf(
    "the trees",
    z.object({ trees: z.array(z.object({ tree_name: z.string(), branches: z.array(Branch) })) }),
  ),
});

/** Answers with the revisions of an origin. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  return jsonAnswer(c, `{"trees":${await listRevisions(c.env.db, read.value.origin)}}`);
}
