import { z } from "@hono/zod-openapi";
import type { CommitSource } from "../../../../db/upserts/qaboard/commit-source.ts";
import type { GitCommit } from "../../../git-host/git-host.ts";

/** Must be there; the original says so in words of its own, not by its schema. */
export const mandatory = (description: string) =>
  z.string().nullish().openapi({ type: "string", minLength: 1, description });
const text = (description: string) => z.string().nullish().openapi({ description });
const free = (description: string) => z.looseObject({}).nullish().openapi({ description });

/** Members of a body that say which commit it speaks of, and what a new one is made from (contract section 4.4). */
export const CommitFields = {
  git_commit_sha: mandatory("hash of the commit, or the beginning of a known one"),
  commit_sha: text("the same, and it wins"),
  project: mandatory("id of the project"),
  project_root: text("id of the repository, for the first commit of a new project"),
  qaboard_config: free("the project's configuration"),
  qaboard_metrics: free("the project's metrics"),
  commit_branch: text("branch of a new commit"),
  commit_message: text("message of a new commit"),
  commit_committer_name: text("committer of a new commit"),
  commit_authored_datetime: text("when a new commit was authored, ISO 8601 unless PostgreSQL knows better").openapi({
    example: "2026-03-05T10:00:00Z",
  }),
  commit_parents: z.unknown().optional().openapi({ description: "hashes of the parents of a new commit" }),
};

type Fields = z.infer<z.ZodObject<typeof CommitFields>>;

/** A body that names its project. */
export type PostedCommit = Fields & { project: string };

/** PostgreSQL also reads words as times (`now`, `infinity`), none of which is a commit's. */
const isTime = (given: string) => /\d/.test(given);

/**
 * What a body says of its commit; undefined when its authored date is no time. What it leaves out is taken from `git`;
 * without that, only a body with a configuration can make a commit.
 */
export function readCommitSource(
  body: PostedCommit,
  sha: string,
  git?: GitCommit & { branch: string },
): CommitSource | undefined {
  const { project, project_root, qaboard_config: config } = body;
  const authored = "commit_authored_datetime" in body ? (body.commit_authored_datetime ?? null) : git?.authoredAt;
  if (typeof authored === "string" && !isTime(authored)) return undefined;
  const isConfigured = config !== undefined && config !== null && Object.keys(config).length > 0;
  const branch = "commit_branch" in body ? body.commit_branch : git?.branch;
  const message = "commit_message" in body ? body.commit_message : git?.message;
  const committer = "commit_committer_name" in body ? body.commit_committer_name : git?.committerName;
  const made = {
    branch: branch ?? null,
    message: message || "<NA>",
    committer: committer || "unknown",
    authored: authored ?? null,
    parents: JSON.stringify(git?.parents ?? null),
  };
  const isKnown = isConfigured || git !== undefined;
  return { project, sha, projectRoot: project_root ?? undefined, made: isKnown ? made : undefined };
}
