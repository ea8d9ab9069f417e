import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { beginsWith } from "../../render/beginning.ts";
import { attempts, commits, heads, jobs, repos, runs } from "../../schema/index.ts";
import { onlyBoundedRow } from "../bounded-rows.ts";
import { brief, HASHES, Hashes, hashesAmong, listOf, utc } from "./hashes.ts";

/** What one commit shows at most of each kind, newest first. */
export const GITHUB_LIMITS = {
  commits: 20,
  runs: 100,
  attempts: 2_000,
  failing: 100,
  earlierCommits: 30,
  earlier: 20_000,
} as const;

const Attempt = z.object({
  runId: z.number(),
  /** Null for an attempt of a run of which no job is known. */
  jobId: z.number().nullable(),
  name: z.string(),
  attempt: z.number(),
  conclusion: z.string().nullable(),
  hadRunner: z.boolean(),
  queue_seconds: z.number().nullable(),
  run_seconds: z.number().nullable(),
});

const Found = Hashes.extend({
  commits: z.array(
    z.object({
      repository: z.string(),
      address: z.string().nullable(),
      message: z.string().nullable(),
      author: z.string().nullable(),
      time: z.string().nullable(),
    }),
  ),
  runs: z.array(
    z.object({
      runId: z.number(),
      repoId: z.number(),
      repository: z.string(),
      workflowId: z.number().nullable(),
      name: z.string().nullable(),
      event: z.string().nullable(),
      branch: z.string().nullable(),
      status: z.string(),
      conclusion: z.string().nullable(),
      attempt: z.number(),
      queue_seconds: z.number(),
      run_seconds: z.number().nullable(),
      created_at: z.string(),
    }),
  ),
  attempts: z.array(Attempt),
  earlier: z.array(
    z.object({
      repoId: z.number(),
      workflowId: z.number(),
      event: z.string().nullable(),
      name: z.string(),
      sha: z.string(),
      conclusion: z.string().nullable(),
      hadRunner: z.boolean(),
    }),
  ),
});
export type GithubCommit = z.infer<typeof Found>;

const { commits: maxCommits, runs: maxRuns, attempts: maxAttempts, failing, earlierCommits, earlier } = GITHUB_LIMITS;

/** Jobs of a set of runs (alias `run`), and attempts of those runs without jobs. */
function attemptsIn(run: SQL): SQL {
  return sql`
    select run.run_id, j.job_id, ${brief(sql`j.name`)} as name, j.attempt, ${brief(sql`j.conclusion`)} as conclusion, (j.runner_id > 0 or j.runner_name <> '') is true as had_runner,
      extract(epoch from j.started_at - j.created_at)::float8 as queue_seconds,
      extract(epoch from j.ended_at - j.started_at)::float8 as run_seconds
    from ${run} join ${jobs} j on j.run_id = run.run_id
    union all
    select run.run_id, null, '', a.attempt, ${brief(sql`a.conclusion`)}, true, null, null
    from ${run} join ${attempts} a on a.run_id = run.run_id
    where not exists (select from ${jobs} j where j.run_id = run.run_id)`;
}

/** The runs of a commit and the attempts of their jobs, with what failing jobs did on earlier commits of their branch. */
export async function findGithubCommit(db: Database, beginning: string): Promise<GithubCommit> {
  return await onlyBoundedRow(
    db,
    Found,
    sql`
    with ${hashesAmong(sql`
      select c.sha from ${commits} c join ${repos} r using (repo_id) where ${beginsWith(sql`c.sha`, beginning)} and not r.deleted
      union all
      select u.sha from ${runs} u join ${repos} r using (repo_id) where ${beginsWith(sql`u.sha`, beginning)} and not r.deleted`)},
    commit as (
      select r.name as repository, ${brief(sql`r.snapshot ->> 'html_url'`)} as address, left(c.message, 4000) as message,
        ${brief(sql`c.author`)} as author, ${utc(sql`c.time`)} as time
      from one join ${commits} c using (sha) join ${repos} r using (repo_id)
      where not r.deleted order by r.repo_id limit ${maxCommits}
    ), run as materialized (
      select u.*, r.name as repository from one join ${runs} u using (sha) join ${repos} r using (repo_id)
      where not r.deleted order by u.created_at desc, u.run_id desc limit ${maxRuns}
    ), attempt as materialized (
      select * from (${attemptsIn(sql`run`)}) as every order by run_id desc, job_id desc, attempt desc limit ${maxAttempts}
    ), failing as materialized (
      select distinct run.repo_id, run.branch, run.workflow_id, run.event, attempt.name from attempt join run using (run_id)
      where attempt.conclusion in ('failure', 'timed_out') and run.head_repo_id = run.repo_id and run.branch is not null
        and run.workflow_id is not null limit ${failing}
    ), before as materialized (
      select lane.repo_id, lane.branch, h.sha, h.turn
      from (select distinct repo_id, branch from failing) lane cross join one
      join ${heads} own on own.repo_id = lane.repo_id and own.branch = lane.branch and own.sha = one.sha
      cross join lateral (
        select h.sha, row_number() over (order by h.committed_at desc nulls last, h.sha desc nulls last) as turn from ${heads} h
        where h.repo_id = lane.repo_id and h.branch = lane.branch and (h.committed_at, h.sha) < (own.committed_at, own.sha)
        order by h.committed_at desc nulls last, h.sha desc nulls last limit ${earlierCommits}
      ) h
    ), earlier_run as materialized (
      select distinct before.turn, u.run_id, u.repo_id, u.workflow_id, u.branch, u.event, u.sha
      from before join ${runs} u on u.sha = before.sha and u.repo_id = before.repo_id and u.branch = before.branch
      join failing on failing.repo_id = u.repo_id and failing.branch = u.branch and failing.workflow_id = u.workflow_id
        and failing.event is not distinct from u.event
      where u.head_repo_id = u.repo_id
    ), earlier as (
      select run.repo_id as "repoId", run.workflow_id as "workflowId", ${brief(sql`run.event`)} as event, every.name, run.sha, every.conclusion,
        every.had_runner as "hadRunner", run.turn
      from (${attemptsIn(sql`earlier_run run`)}) as every join earlier_run run using (run_id)
      join failing on failing.repo_id = run.repo_id and failing.branch = run.branch and failing.workflow_id = run.workflow_id
        and failing.event is not distinct from run.event and failing.name = every.name
      order by run.turn limit ${earlier}
    ), shown_run as (
      select run_id as "runId", repo_id as "repoId", repository, workflow_id as "workflowId", ${brief(sql`name`)} as name,
        ${brief(sql`event`)} as event, ${brief(sql`branch`)} as branch, ${brief(sql`status`)} as status,
        ${brief(sql`conclusion`)} as conclusion, attempt, queue_seconds,
        runtime_seconds as run_seconds, ${utc(sql`created_at`)} as created_at
      from run
    ), shown_attempt as (
      select run_id as "runId", job_id as "jobId", name, attempt, conclusion, had_runner as "hadRunner",
        queue_seconds, run_seconds from attempt
    )
    select ${HASHES}, ${listOf("commit", sql`repository`)} as commits,
      ${listOf("shown_run", sql`created_at desc, "runId" desc`)} as runs,
      ${listOf("shown_attempt", sql`"runId", attempt, name, "jobId"`)} as attempts,
      ${listOf("earlier", sql`turn, sha, name`)} as earlier`,
  );
}
