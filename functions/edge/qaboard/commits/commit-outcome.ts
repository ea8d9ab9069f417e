import { databaseFault } from "../../../../db/errors.ts";
import type { CommitOutcome, CommitSource } from "../../../../db/upserts/qaboard/commit-source.ts";
import { findCommit } from "../../../git-host/git-host.ts";
import type { Services } from "../../env.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { type PostedCommit, readCommitSource } from "./posted-commit.ts";

/** Why there is no commit to go on with. */
export const COMMIT_REASONS: Record<CommitOutcome, string> = {
  stored: "",
  ambiguous: "Several commits begin with it.",
  rootless: "'project_root'",
  unknown: "It is not known, the body holds no qaboard_config, and no Git host has it.",
  undated: "The authored date is no time.",
};

/** SQLSTATEs of a text that is no time, or beyond the calendar. */
const NO_TIME = /^2200[789]$/;

/**
 * Runs a statement that finds or makes the commit of a hash, again while the database gave it up. What is not known and has
 * no configuration in the body is looked up at the Git host, if there is one (contract section 4.4).
 */
export async function withCommit<T extends { outcome: CommitOutcome }>(
  { gitHost }: Pick<Services, "gitHost">,
  { body, sha }: { body: PostedCommit; sha: string },
  work: (source: CommitSource) => Promise<T>,
): Promise<T | { outcome: "undated" }> {
  const stored = await tried(readCommitSource(body, sha), work);
  if (stored.outcome !== "unknown" || gitHost === undefined) return stored;
  const repository = body.project_root || body.project.split("/").slice(0, 2).join("/");
  const git = await findCommit(gitHost, repository, sha);
  return git === undefined ? stored : await tried(readCommitSource(body, git.hash, git), work);
}

async function tried<T>(
  source: CommitSource | undefined,
  work: (source: CommitSource) => Promise<T>,
): Promise<T | { outcome: "undated" }> {
  if (source === undefined) return { outcome: "undated" };
  try {
    return await retryOnRollback(() => work(source));
  } catch (error) {
    if (NO_TIME.test(databaseFault(error)?.code ?? "")) return { outcome: "undated" };
    throw error;
  }
}
