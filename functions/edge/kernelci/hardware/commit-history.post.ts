import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listCommitHistory } from "../../../../db/queries/kernelci/hardware/commit-history.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import { text } from "../http/parameters.ts";
import { readJson } from "../http/read-json.ts";
import { answersOf } from "../http/shapes.ts";
import { HardwareParams } from "./details-body.ts";
import { checkBody, notATime, parsePeriod, Range, TimestampFault } from "./range.ts";

/** More branches than any hardware has. */
const MAX_HEADS = 1_000;

const Body = z.object({
  ...{ origin: text("origin of the heads' checkouts").default("maestro"), ...Range },
  commitHeads: z
    .array(
      z.object({
        treeName: text("name of the tree"),
        repositoryUrl: text("repository of the branch"),
        branch: text("name of the branch"),
        commitHash: text("hash of the newest commit that is asked for"),
      }),
    )
    .max(MAX_HEADS),
});

const optional = z.string().nullable();
const Commit = z.object({
  ...{ git_commit_hash: z.string(), tree_name: optional, git_repository_branch: optional },
  ...{ git_repository_url: optional, git_commit_tags: z.array(z.string()).nullable(), git_commit_name: optional },
  start_time: z.string(),
});

/** Contract part 06, commit history. */
export const route = createRoute({
  method: "post",
  path: "/hardware/{hardware_id}/commit-history",
  operationId: "listKernelciHardwareCommitHistory",
  summary: "List the commits of a hardware's branches",
  description: "Commits of branches in a time range, up to a head of each, by tree, repository and branch.",
  tags: ["KernelCI hardware"],
  request: { params: HardwareParams, body: { content: { "application/json": { schema: Body } }, required: true } },
  responses: answersOf("the commits", z.object({ commit_history_table: z.record(z.string(), z.array(Commit)) })),
});

/** Answers with the commits of the branches asked for. */
export async function handler(c: Context<Env>): Promise<Response> {
  const body = await readJson(c);
  if (!body.ok) return body.answer;
  const read = checkBody(c, Body, body.value, false);
  if (!read.ok) return read.answer;
  const { origin, commitHeads: heads, ...range } = read.value;
  try {
    const history = await listCommitHistory(c.env.db, { origin, heads, ...parsePeriod(range) });
    if (history === null) return nothingFound(c, "Commit history not found");
    return jsonAnswer(c, `{"commit_history_table":${history}}`);
  } catch (error) {
    if (error instanceof TimestampFault) return notATime(c, undefined);
    throw error;
  }
}
