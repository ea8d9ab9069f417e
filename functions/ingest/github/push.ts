import * as z from "zod";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { readDetails } from "./commit-details.ts";
import { branchVersion, Flag, Repository } from "./repository.ts";
import { OptionalInstant } from "./timestamps.ts";

/** GitHub itself lists 2,048 at most. */
const MAX_COMMITS = 10_000;

const Commit = z.looseObject({
  id: z.string().min(1),
  message: z.string().nullish(),
  timestamp: OptionalInstant,
  author: z.looseObject({ name: z.string().nullish(), username: z.string().nullish() }).nullish(),
  committer: z.unknown().optional(),
  tree_id: z.unknown().optional(),
});

/** `push`, any ref (contract section 3). */
export const PushEvent = z.looseObject({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  deleted: Flag,
  forced: Flag,
  commits: z.array(Commit).max(MAX_COMMITS, `must not list more than ${MAX_COMMITS} commits`).nullish(),
  head_commit: Commit.nullish(),
  pusher: z.looseObject({ name: z.string().nullish() }).nullish(),
  repository: Repository,
});

const BRANCH = "refs/heads/";

/** Commits of any push; the branch too when it is one. */
export function factsOfPush(payload: z.infer<typeof PushEvent>, arrival: string): Partial<GithubFacts> {
  const { repository, head_commit } = payload;
  const repoId = repository.id;
  const listed = payload.commits ?? [];
  const known = new Set(listed.map(({ id }) => id));
  const all = head_commit && !known.has(head_commit.id) ? [...listed, head_commit] : listed;
  const commits = all.map(({ id, message, timestamp, author, committer, tree_id }) => ({
    repoId,
    sha: id,
    author: author?.name ?? null,
    authorUrl: author?.username ? `https://github.com/${author.username}` : null,
    message: message ?? null,
    time: timestamp,
    forced: payload.forced,
    origin: 2,
    arrival,
    details: readDetails({ author, committer, tree: tree_id, time: timestamp }),
  }));
  if (!payload.ref.startsWith(BRANCH)) return { commits };
  const name = payload.ref.slice(BRANCH.length);
  return {
    commits,
    branchCommits: commits.map(({ sha }) => ({ repoId, branch: name, sha })),
    branches: [
      {
        repoId,
        name,
        version: branchVersion(repository),
        arrival,
        kind: payload.deleted ? "delete" : "push",
        before: payload.before,
        after: payload.deleted ? null : payload.after,
        login: payload.pusher?.name ?? null,
      },
    ],
  };
}
