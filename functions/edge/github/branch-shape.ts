import type { Branch } from "../../../db/queries/github/branches.ts";

/** A branch as GitHub lists it; `repoUrl` is the API url of its repository. */
export function branchShape({ name, headSha, protected: isProtected }: Branch, repoUrl: string) {
  const url = headSha === null ? null : `${repoUrl}/commits/${headSha}`;
  return { name, commit: { sha: headSha, url }, protected: isProtected };
}
