import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listHardwareByRevision } from "../../../../db/queries/kernelci/hardware/by-revision.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import { readQuery, text } from "../http/parameters.ts";
import { answersOf, StatusCount } from "../http/shapes.ts";

const Query = z.object({
  tree_name: text("name of the tree"),
  git_repository_url: text("repository of the checkouts"),
  git_repository_branch: text("branch of the checkouts"),
  git_commit_hash: text("full hash of the commit"),
  origin: text("origin of the tests").default("maestro"),
});

const Hardware = z.object({
  ...{ hardware: z.array(z.string()).nullable(), platform: z.string() },
  ...{ test_status_summary: StatusCount, boot_status_summary: StatusCount, build_status_summary: StatusCount },
});

/** Contract part 06. */
export const route = createRoute({
  method: "get",
  path: "/hardware-by-revision/",
  operationId: "listKernelciHardwareByRevision",
  summary: "List the hardware of a revision",
  description: "Platforms that a commit of a branch was tested on, with the counts of its builds, boots and tests.",
  tags: ["KernelCI hardware"],
  request: { query: Query },
  responses: answersOf("the hardware", z.object({ hardware: z.array(Hardware) })),
});

/** Answers with the hardware of a revision. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "S");
  if (!read.ok) return read.answer;
  const { tree_name: tree, git_repository_url: url, git_repository_branch: branch, origin } = read.value;
  const revision = { tree, url, branch, commit: read.value.git_commit_hash, origin };
  return jsonAnswer(c, `{"hardware":${await listHardwareByRevision(c.env.db, revision)}}`);
}
