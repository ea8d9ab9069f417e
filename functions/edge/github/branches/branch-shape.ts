import type { Branch } from "../../../../db/queries/github/branches.ts";
import type { Commit } from "../../../../db/queries/github/commits.ts";
import { type CommitPlace, commitShape } from "../commits/commit-shape.ts";

/** A branch as GitHub lists it; `repoUrl` is the API url of its repository. */
export function branchShape({ name, headSha, protected: isProtected }: Branch, repoUrl: string) {
  const url = headSha === null ? null : `${repoUrl}/commits/${headSha}`;
  return { name, commit: { sha: headSha, url }, protected: isProtected };
}

/** A branch as GitHub shows a single one: with the whole commit at its head, and where its protection can be asked for. */
export function wholeBranchShape(branch: Branch, head: Commit | null, place: CommitPlace) {
  const { repoUrl, repoHtmlUrl } = place;
  const listed = branchShape(branch, repoUrl);
  const path = encodeURI(branch.name);
  const self = `${repoUrl}/branches/${path}`;
  return {
    ...listed,
    commit: branch.headSha === null ? listed.commit : commitShape(head ?? untoldCommit(branch.headSha), place),
    _links: { self, html: `${repoHtmlUrl}/tree/${path}` },
    protection: {
      enabled: branch.protected,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
  };
}

/** A commit of which only the hash is known, as of a branch whose commits were not read. */
function untoldCommit(sha: string): Commit {
  return { sha, message: null, author: null, authorUrl: null, time: null, details: {} };
}
