import { z } from "@hono/zod-openapi";
import type { CommitSource } from "../../../../db/upserts/qaboard/commit-source.ts";

const text = (description: string) => z.string().nullish().openapi({ description });
const free = (description: string) => z.looseObject({}).nullish().openapi({ description });

/** Members of a body that say which commit it speaks of, and what a new one is made from (contract section 4.4). */
export const CommitFields = {
  git_commit_sha: text("hash of the commit, or the beginning of a known one"),
  commit_sha: text("the same, and it wins"),
  project: text("id of the project"),
  project_root: text("id of the repository, for the first commit of a new project"),
  qaboard_config: free("the project's configuration"),
  qaboard_metrics: free("the project's metrics"),
  commit_branch: text("branch of a new commit"),
  commit_message: text("message of a new commit"),
  commit_committer_name: text("committer of a new commit"),
  commit_authored_datetime: text("when a new commit was authored, ISO 8601 unless PostgreSQL knows better"),
  commit_parents: z.unknown().optional().openapi({ description: "hashes of the parents of a new commit" }),
};

const Fields = z.object(CommitFields);
type Fields = z.infer<typeof Fields>;

/** PostgreSQL also reads words as times (`now`, `infinity`), none of which is a commit's. */
const isTime = (given: string) => /\d/.test(given);

/** What the body says of its commit; a reason when that names none. */
export function readCommitSource(
  body: Fields,
  sha: string,
): { ok: true; source: CommitSource } | { ok: false; reason: string } {
  const { project, project_root, qaboard_config, commit_authored_datetime: authored } = body;
  if (project === undefined || project === null || project === "") return { ok: false, reason: "'project'" };
  if (typeof authored === "string" && !isTime(authored)) return { ok: false, reason: "The authored date is no time." };
  const isConfigured =
    qaboard_config !== undefined && qaboard_config !== null && Object.keys(qaboard_config).length > 0;
  const made = {
    branch: body.commit_branch ?? null,
    message: body.commit_message || "<NA>",
    committer: body.commit_committer_name || "unknown",
    authored: authored ?? null,
  };
  const source = { project, sha, projectRoot: project_root ?? undefined, made: isConfigured ? made : undefined };
  return { ok: true, source };
}
