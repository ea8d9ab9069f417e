import * as z from "zod";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { GithubFacts } from "../../../../db/upserts/github/facts.ts";
import { readDetails } from "../commit-details.ts";
import { OptionalInstant } from "../timestamps.ts";

/** A branch of the list of branches. */
export const ListedBranch = z.looseObject({
  name: z.string().min(1),
  commit: z.looseObject({ sha: z.string().min(1) }),
  protected: z.boolean().default(false),
});

/** A commit of the list of commits; `author` is null for people without an account. */
export const ListedCommit = z.looseObject({
  sha: z.string().min(1),
  commit: z.looseObject({
    message: z.string().nullish(),
    author: z.looseObject({ name: z.string().nullish(), date: OptionalInstant }).nullish(),
    committer: z.unknown().optional(),
    tree: z.unknown().optional(),
  }),
  author: z.looseObject({ html_url: z.string().nullish() }).nullish(),
  committer: z.unknown().optional(),
  node_id: z.unknown().optional(),
  parents: z.unknown().optional(),
});

/** A branch and its head, as of the repository's version; the author stays as it is (contract section 5, step 2). */
export function factsOfListedBranch(
  { name, commit, protected: isProtected }: z.infer<typeof ListedBranch>,
  { repoId, version }: { repoId: GithubId; version: string },
  arrival: string,
): Partial<GithubFacts> {
  const head = { before: null, after: commit.sha, protected: isProtected };
  return { branches: [{ repoId, name, version, arrival, kind: "listed", login: null, ...head }] };
}

/** A commit of a branch (contract section 5, step 3). */
export function factsOfListedCommit(
  listed: z.infer<typeof ListedCommit>,
  { repoId, branch }: { repoId: GithubId; branch: string | null },
  arrival: string,
): Partial<GithubFacts> {
  const { sha, commit, author } = listed;
  return {
    commits: [
      {
        repoId,
        sha,
        author: commit.author?.name ?? null,
        authorUrl: author?.html_url ?? null,
        message: commit.message ?? null,
        time: commit.author?.date ?? null,
        forced: null,
        origin: 1,
        arrival,
        details: readDetails({
          author: commit.author,
          committer: commit.committer,
          tree: commit.tree,
          time: null,
          nodeId: listed.node_id,
          parents: listed.parents,
          authorAccount: author,
          committerAccount: listed.committer,
        }),
      },
    ],
    branchCommits: branch === null ? [] : [{ repoId, branch, sha }],
  };
}
