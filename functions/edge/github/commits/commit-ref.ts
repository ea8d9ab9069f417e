import type { CommitRef } from "../../../../db/queries/github/commit-ref.ts";
import { textOf } from "../http/parameters.ts";

/** A hash, whole or from its fourth character on (SHA-1 has 40, SHA-256 has 64). */
const HASH = /^[0-9a-f]{4,64}$/i;

/** A commit as a path or a query string names it: a branch, `heads/…` or `refs/heads/…`, or a hash that may be abbreviated. */
export function parseCommitRef(text: string): CommitRef {
  const name = textOf(text).replace(/^(?:refs\/)?heads\//, "");
  return HASH.test(name) ? { branch: name, hash: name.toLowerCase() } : { branch: name };
}
