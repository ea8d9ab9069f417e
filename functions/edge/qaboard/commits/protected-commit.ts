import type { ProtectableCommit } from "../../../../db/queries/qaboard/commit-batches.ts";
import { repositoryOf } from "../../../files/commit-folders.ts";
import { resolveRefs } from "../../../git-host/git-host.ts";
import type { Services } from "../../env.ts";

/** Branches and tags of one project that are resolved. */
const MAX_REFS = 50;

/**
 * Whether a commit is a milestone, whose results are kept: one that the project stores, or that the reference branch or a
 * milestone of its configuration stands for at the Git host (contract section 6, Milestone commits).
 */
export async function isProtected({ gitHost }: Pick<Services, "gitHost">, commit: ProtectableCommit): Promise<boolean> {
  const { hexsha, isMilestone, referenceBranch, milestoneRefs } = commit;
  if (isMilestone || gitHost === undefined) return isMilestone;
  const refs = [referenceBranch ?? "master", ...milestoneRefs].slice(0, MAX_REFS);
  return (await resolveRefs(gitHost, repositoryOf(commit).id, refs)).includes(hexsha);
}
