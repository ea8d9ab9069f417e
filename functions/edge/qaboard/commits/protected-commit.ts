import type { ProtectableCommit } from "../../../../db/queries/qaboard/commit-batches.ts";
import type { Services } from "../../env.ts";

/** Whether a commit is a milestone, whose results are kept (contract section 6, Milestone commits). */
export async function isProtected(_services: Services, { isMilestone }: ProtectableCommit): Promise<boolean> {
  return isMilestone;
}
