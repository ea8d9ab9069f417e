import type { GithubId } from "../../schema/github-id.ts";
import type { attempts, commits, jobs, pulls, repos, workflows } from "../../schema/index.ts";

/** A repository as some event shows it; `names` are all names it tells of, former ones included. */
export type RepoFact = Omit<typeof repos.$inferInsert, "id" | "nameKey"> & { authoritative: boolean; names: string[] };

/** One event as far as it decides a branch (contract section 4, Branches). */
export type BranchFact = {
  repoId: GithubId;
  name: string;
  version: string;
  arrival: string;
  kind: "push" | "create" | "delete" | "listed";
  /** Of a push: the commits before and after; of a listed branch: its head as `after`. */
  before: string | null;
  after: string | null;
  /** pusher.name of a push, sender.login of a create. */
  login: string | null;
  /** Whether the branch is protected; only the list of branches tells. */
  protected?: boolean;
};

export type CommitFact = Omit<typeof commits.$inferInsert, "id">;
export type BranchCommitFact = { repoId: GithubId; branch: string; sha: string };
export type WorkflowFact = Omit<typeof workflows.$inferInsert, "id">;
export type AttemptFact = typeof attempts.$inferInsert;
export type JobFact = Omit<typeof jobs.$inferInsert, "id">;
export type PullFact = Omit<typeof pulls.$inferInsert, "id">;

/** What one or many deliveries say, table by table. Webhooks and scrapes both end here. */
export type GithubFacts = {
  repos: RepoFact[];
  branches: BranchFact[];
  commits: CommitFact[];
  branchCommits: BranchCommitFact[];
  workflows: WorkflowFact[];
  attempts: AttemptFact[];
  jobs: JobFact[];
  pulls: PullFact[];
};

/** All facts of several deliveries as one. */
export function mergeFacts(all: readonly Partial<GithubFacts>[]): GithubFacts {
  return {
    repos: all.flatMap((facts) => facts.repos ?? []),
    branches: all.flatMap((facts) => facts.branches ?? []),
    commits: all.flatMap((facts) => facts.commits ?? []),
    branchCommits: all.flatMap((facts) => facts.branchCommits ?? []),
    workflows: all.flatMap((facts) => facts.workflows ?? []),
    attempts: all.flatMap((facts) => facts.attempts ?? []),
    jobs: all.flatMap((facts) => facts.jobs ?? []),
    pulls: all.flatMap((facts) => facts.pulls ?? []),
  };
}
