import * as z from "zod";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { GithubFacts } from "../../../../db/upserts/github/facts.ts";
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
  }),
  author: z.looseObject({ html_url: z.string().nullish() }).nullish(),
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
  { sha, commit, author }: z.infer<typeof ListedCommit>,
  { repoId, branch }: { repoId: GithubId; branch: string | null },
  arrival: string,
): Partial<GithubFacts> {
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
      },
    ],
    branchCommits: branch === null ? [] : [{ repoId, branch, sha }],
  };
}
