import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { githubId } from "./github-id.ts";

/** GitHub Actions as the dashboards know it (contracts/github, section 1); rows point at ids, names follow. */
export const github = pgSchema("github");

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string", precision: 3 });
const rowId = () => integer("id").generatedByDefaultAsIdentity().notNull();

/** A JSON object as GitHub last sent it. */
export type Snapshot = Record<string, unknown>;

export const repos = github.table(
  "repos",
  {
    id: rowId(),
    repoId: githubId("repo_id").primaryKey(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    defaultBranch: text("default_branch"),
    private: boolean("private").notNull(),
    archived: boolean("archived").notNull(),
    deleted: boolean("deleted").notNull(),
    updatedAt: instant("updated_at").notNull(),
    arrival: uuid("arrival").notNull(),
    snapshot: jsonb("snapshot").$type<Snapshot>().notNull(),
  },
  (t) => [index("repos_name_key").on(t.nameKey)],
);

/** Every name a repository was seen under, lower case; a former one answers 301. */
export const repoNames = github.table(
  "repo_names",
  { nameKey: text("name_key").notNull(), repoId: githubId("repo_id").notNull() },
  (t) => [primaryKey({ columns: [t.nameKey, t.repoId] })],
);

/** One event as far as it decides a branch: version = the repository's pushed_at, arrival = receipt id. */
export type BranchMark = { version: string; arrival: string; before: string | null; after: string | null };

/** The newest event behind each part of a branch row, kept so that a late one can be placed. */
export type BranchEvidence = {
  head?: BranchMark;
  life?: BranchMark;
  created?: { version: string; arrival: string; login: string | null };
  pushed?: { arrival: string; name: string | null };
};

export const branches = github.table(
  "branches",
  {
    id: rowId(),
    repoId: githubId("repo_id").notNull(),
    name: text("name").notNull(),
    author: text("author"),
    headSha: text("head_sha"),
    deleted: boolean("deleted").notNull(),
    protected: boolean("protected").notNull().default(false),
    version: instant("version").notNull(),
    evidence: jsonb("evidence").$type<BranchEvidence>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.repoId, t.name] })],
);

/** Who wrote or committed a commit, as Git has it; `date` is `2025-03-20T10:00:00Z`. */
export type GitPerson = { name: string | null; email: string | null; date: string | null };

/** What GitHub tells of a commit beside the columns; whatever nobody told is left out. */
export type CommitDetails = {
  nodeId?: string;
  author?: GitPerson;
  committer?: GitPerson;
  /** Hash of the tree. */
  tree?: string;
  /** Hashes of the parents. */
  parents?: string[];
  /** The accounts behind both people, as GitHub shows them. */
  authorAccount?: Snapshot;
  committerAccount?: Snapshot;
};

export const commits = github.table(
  "commits",
  {
    id: rowId(),
    repoId: githubId("repo_id").notNull(),
    sha: text("sha").notNull(),
    author: text("author"),
    authorUrl: text("author_url"),
    message: text("message"),
    time: instant("time"),
    forced: boolean("forced"),
    /** Who told of it: 0 a run's head_commit, 1 the commit list, 2 a push. */
    origin: smallint("origin").notNull(),
    arrival: uuid("arrival").notNull(),
    details: jsonb("details").$type<CommitDetails>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.repoId, t.sha] }),
    index("commits_time").on(t.repoId, t.time.desc(), t.sha.desc()),
    index("commits_sha").on(t.sha.op("text_pattern_ops")),
  ],
);

/** Which commits were pushed to, or listed on, which branch. */
export const branchCommits = github.table(
  "branch_commits",
  { repoId: githubId("repo_id").notNull(), branch: text("branch").notNull(), sha: text("sha").notNull() },
  (t) => [primaryKey({ columns: [t.repoId, t.branch, t.sha] })],
);

export const workflows = github.table(
  "workflows",
  {
    id: rowId(),
    workflowId: githubId("workflow_id").primaryKey(),
    repoId: githubId("repo_id").notNull(),
    name: text("name").notNull(),
    path: text("path"),
    state: text("state"),
    url: text("url"),
    updatedAt: instant("updated_at").notNull(),
    arrival: uuid("arrival").notNull(),
    snapshot: jsonb("snapshot").$type<Snapshot>().notNull(),
  },
  (t) => [index("workflows_repo").on(t.repoId)],
);

/** Every name a workflow was told under: a run's own name is its title when it is none of them. */
export const workflowNames = github.table(
  "workflow_names",
  { workflowId: githubId("workflow_id").notNull(), name: text("name").notNull() },
  (t) => [primaryKey({ columns: [t.workflowId, t.name] })],
);

/** Last known state of each attempt; `rank` 2 completed, 1 in progress, 0 queued, -1 before. */
export const attempts = github.table(
  "attempts",
  {
    runId: githubId("run_id").notNull(),
    attempt: integer("attempt").notNull(),
    repoId: githubId("repo_id").notNull(),
    status: text("status").notNull(),
    conclusion: text("conclusion"),
    rank: smallint("rank").notNull(),
    createdAt: instant("created_at").notNull(),
    runStartedAt: instant("run_started_at"),
    updatedAt: instant("updated_at").notNull(),
    /** When the head commit was made, as the run tells. */
    committedAt: instant("committed_at"),
    arrival: uuid("arrival").notNull(),
    snapshot: jsonb("snapshot").$type<Snapshot>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.attempt] })],
);

/** One row a run: its highest attempt, and what section 4 of the contract derives from it and its jobs. */
export const runs = github.table(
  "runs",
  {
    id: rowId(),
    runId: githubId("run_id").primaryKey(),
    repoId: githubId("repo_id").notNull(),
    attempt: integer("attempt").notNull(),
    workflowId: githubId("workflow_id"),
    name: text("name"),
    event: text("event"),
    status: text("status").notNull(),
    conclusion: text("conclusion"),
    actor: text("actor"),
    branch: text("branch"),
    sha: text("sha"),
    checkSuiteId: githubId("check_suite_id"),
    headRepoId: githubId("head_repo_id"),
    url: text("url"),
    createdAt: instant("created_at").notNull(),
    runStartedAt: instant("run_started_at"),
    updatedAt: instant("updated_at").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    queueSeconds: bigint("queue_seconds", { mode: "number" }).notNull(),
    runtimeSeconds: doublePrecision("runtime_seconds"),
    os: text("os"),
  },
  (t) => [
    // Ascending: read backwards they serve `order by created_at desc, run_id desc`, which `desc nulls last` would not.
    index("runs_created").on(t.repoId, t.createdAt, t.runId),
    index("runs_branch").on(t.repoId, t.branch, t.createdAt, t.runId),
    index("runs_workflow").on(t.workflowId, t.createdAt, t.runId),
    index("runs_conclusion").on(t.repoId, t.conclusion, t.createdAt, t.runId),
    index("runs_actor").on(t.repoId, sql`lower(${t.actor})`, t.createdAt, t.runId),
    index("runs_event").on(t.repoId, t.event, t.createdAt, t.runId),
    // Completed runs are nearly all: a list of them walks runs_created.
    index("runs_unfinished").on(t.repoId, t.status, t.createdAt, t.runId).where(sql`${t.status} <> 'completed'`),
    // Finds a commit's runs, by the beginning of its hash too, whatever the repository.
    index("runs_sha").on(t.sha.op("text_pattern_ops"), t.repoId),
    // Which workflows are red: the newest verdicts of a workflow on a branch, without a walk over its other runs.
    index("runs_verdict")
      .on(t.workflowId, t.branch, t.createdAt, t.runId)
      .where(
        sql`${t.headRepoId} = ${t.repoId} and ${t.conclusion} in ('success', 'failure', 'timed_out', 'startup_failure')`,
      ),
  ],
);

/** Commits that the repository's own runs were made for, by branch: the rows of a waterfall. */
export const heads = github.table(
  "heads",
  {
    repoId: githubId("repo_id").notNull(),
    branch: text("branch").notNull(),
    sha: text("sha").notNull(),
    /** Time of the commit as its runs tell; null when none does. */
    committedAt: instant("committed_at"),
    firstRunAt: instant("first_run_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.repoId, t.branch, t.sha] }),
    index("heads_time").on(t.repoId, t.branch, t.committedAt.desc(), t.sha.desc(), t.firstRunAt),
  ],
);

/** How many runs a repository has in all, and by branch, workflow, status and conclusion. */
export const runCounts = github.table(
  "run_counts",
  {
    repoId: githubId("repo_id").notNull(),
    dimension: text("dimension").$type<"all" | "branch" | "workflow" | "status" | "conclusion">().notNull(),
    value: text("value").notNull(),
    total: bigint("total", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.repoId, t.dimension, t.value] })],
);

/** Jobs of every attempt; started_at and ended_at only of those that really started. */
export const jobs = github.table(
  "jobs",
  {
    id: rowId(),
    jobId: githubId("job_id").primaryKey(),
    runId: githubId("run_id").notNull(),
    repoId: githubId("repo_id").notNull(),
    attempt: integer("attempt").notNull(),
    name: text("name").notNull(),
    status: text("status").notNull(),
    conclusion: text("conclusion"),
    rank: smallint("rank").notNull(),
    createdAt: instant("created_at"),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    os: text("os"),
    labels: jsonb("labels").$type<string[]>().notNull(),
    runnerId: githubId("runner_id"),
    runnerName: text("runner_name"),
    runnerGroup: text("runner_group"),
    arrival: uuid("arrival").notNull(),
    snapshot: jsonb("snapshot").$type<Snapshot>().notNull(),
  },
  (t) => [index("jobs_run").on(t.runId), index("jobs_unfinished").on(t.runId).where(sql`${t.rank} < 2`)],
);

export const pulls = github.table(
  "pulls",
  {
    id: rowId(),
    repoId: githubId("repo_id").notNull(),
    number: integer("number").notNull(),
    title: text("title"),
    state: text("state"),
    merged: boolean("merged").notNull(),
    author: text("author"),
    headRef: text("head_ref"),
    headSha: text("head_sha"),
    baseRef: text("base_ref"),
    mergedAt: instant("merged_at"),
    closedAt: instant("closed_at"),
    updatedAt: instant("updated_at").notNull(),
    arrival: uuid("arrival").notNull(),
  },
  (t) => [primaryKey({ columns: [t.repoId, t.number] }), index("pulls_merged").on(t.mergedAt).where(sql`${t.merged}`)],
);
