import { databaseFault } from "../../../../db/errors.ts";
import type { CommitOutcome } from "../../../../db/upserts/qaboard/commit-source.ts";
import { inTurn } from "../http/in-turn.ts";

/** Why there is no commit to go on with. */
export const COMMIT_REASONS: Record<CommitOutcome, string> = {
  stored: "",
  ambiguous: "Several commits begin with it.",
  rootless: "'project_root'",
  unknown: "It is not known, and the body holds no qaboard_config to make it from.",
  undated: "The authored date is no time.",
};

/** SQLSTATEs of a text that is no time, or beyond the calendar. */
const NO_TIME = /^2200[789]$/;

/** Runs a statement that finds or makes a commit, again while the database gave it up; a bad date is an outcome too. */
export async function withCommit<T extends { outcome: CommitOutcome }>(
  work: () => Promise<T>,
): Promise<T | { outcome: "undated" }> {
  try {
    return await inTurn(work);
  } catch (error) {
    if (NO_TIME.test(databaseFault(error)?.code ?? "")) return { outcome: "undated" };
    throw error;
  }
}
