/** What is read of a commit. */
export type GitCommit = {
  hash: string;
  /** As it was written, its final newline included where the host keeps that. */
  message: string;
  committerName: string;
  /** ISO 8601 with its zone. */
  authoredAt: string;
  parents: string[];
};

/**
 * A Git host's repositories by its HTTP API. Every method answers undefined for what the host does not have, and throws
 * OutboundError when it can't be reached, refuses, or answers more than allowed.
 */
export interface GitHost {
  /** A commit by its hash, or by a branch or tag. */
  commit(repository: string, ref: string): Promise<GitCommit | undefined>;
  /** Names of branches that hold a commit. */
  branchesWith(repository: string, hash: string): Promise<string[]>;
  /** Paths of all files of a commit; undefined for an unknown one. */
  listFiles(repository: string, hash: string): Promise<string[] | undefined>;
  /** A file of a commit. */
  readFile(repository: string, hash: string, path: string): Promise<Uint8Array | undefined>;
}

/** Branches that a commit is said to be on before any other (QA-Board contract section 4.4). */
const FIRST_BRANCHES = ["release", "master", "develop"];

/** A commit with the branch it is on: `origin/<name>`, or `unknown` (QA-Board contract section 4.4). */
export async function findCommit(
  host: GitHost,
  repository: string,
  hash: string,
): Promise<(GitCommit & { branch: string }) | undefined> {
  const commit = await host.commit(repository, hash);
  if (commit === undefined) return undefined;
  const branches = await host.branchesWith(repository, commit.hash);
  const name = FIRST_BRANCHES.find((first) => branches.includes(first)) ?? branches[0];
  return { ...commit, branch: name === undefined ? "unknown" : `origin/${name}` };
}

/** Hashes that branches and tags stand for; what the host does not have is left out. */
export async function resolveRefs(host: GitHost, repository: string, refs: readonly string[]): Promise<string[]> {
  const commits = await Promise.all(refs.map((ref) => host.commit(repository, ref)));
  return commits.flatMap((commit) => (commit === undefined ? [] : [commit.hash]));
}
