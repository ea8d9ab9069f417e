import type { Pool, PoolClient } from "pg";

/** A repository's past: `runs` runs at an even pace, the newest just before `until`, so that any recent window holds the same. */
export type History = { repoId: number; name: string; runs: number; perDay: number; until: Date };

const WORKFLOWS = 12;
const RUNS_A_COMMIT = 6;

/**
 * Fills an empty repository with a past, straight into the tables and with everything the upserts derive: the same
 * numbers give the same rows. Two fifths of the commits are on main, a twelfth of the other runs come from a fork, a
 * few per cent were run again, the ten newest are unfinished.
 */
export async function seedRuns(pool: Pool, history: History): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await plan(client, history);
    for (const statement of [
      REPOSITORY,
      NAMES,
      WORKFLOW_ROWS,
      COMMITS,
      BRANCHES,
      BRANCH_COMMITS,
      ATTEMPTS,
      JOBS,
      RUNS,
      HEADS,
      COUNTS,
    ])
      await client.query(statement);
    await client.query("drop table planned");
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
  await pool.query("vacuum analyze");
}

/** Decides every run, counted from the newest: what differs between runs is drawn from a hash of its number. */
async function plan(client: PoolClient, { repoId, name, runs, perDay, until }: History): Promise<void> {
  const given = [repoId, name, runs, 86_400 / perDay, until.toISOString()];
  await client.query(
    `create temporary table planned on commit drop as
     with numbered as (
       select n, n / ${RUNS_A_COMMIT} as k, hashint8extended(n, 1) & 1048575 as luck
       from generate_series(0, $3::int - 1) as n
     ), placed as (
       select n, k, luck % 1000 as luck, hashint8extended(k, 2) % 5 in (-1, 0) as on_main, (hashint8extended(k, 3) & 1023) % 30 as place,
         $5::timestamptz - (n * $4::float8 + 60) * interval '1 second' as created_at,
         $5::timestamptz - ((k + 1) * ${RUNS_A_COMMIT} * $4::float8 + 3600) * interval '1 second' as committed_at
       from numbered
     )
     select n, $1::bigint as repo_id, $2::text as name, created_at,
       $1::bigint * 10000000 + $3::int - n as run_id,
       $1::bigint * 1000 + (n * 5 + k) % ${WORKFLOWS} as workflow_id,
       left(encode(sha256(convert_to($2 || k, 'UTF8')), 'hex'), 40) as sha,
       case when on_main then 'main' else 'topic-' || place end as branch,
       case when not on_main then 'pull_request' when luck % 7 = 0 then 'schedule' else 'push' end as event,
       case when not on_main and luck % 12 = 0 then $1::bigint + 1 else $1::bigint end as head_repo_id,
       'person-' || place as actor,
       case when n < 4 then 'queued' when n < 10 then 'in_progress' else 'completed' end as status,
       case when n < 10 then null when luck < 800 then 'success' when luck < 900 then 'failure' when luck < 910 then 'timed_out'
         when luck < 970 then 'cancelled' when luck < 985 then 'skipped' else 'neutral' end as conclusion,
       case when n >= 10 and luck % 25 = 0 then 2 else 1 end as attempt,
       luck % 97 as queue_seconds, 60 + luck * 7 as runtime_seconds,
       (array['Linux', 'Linux', 'Windows', 'macOS'])[luck % 4 + 1] as os,
       committed_at
     from placed`,
    given,
  );
  await client.query("create index on planned (n)");
  await client.query("analyze planned");
}

const ARRIVAL = "'01920000-0000-7000-8000-000000000000'::uuid";

const REPOSITORY = `
  insert into github.repos (repo_id, name, name_key, default_branch, private, archived, deleted, updated_at, arrival, snapshot)
  select repo_id, name, lower(name), 'main', false, false, false, created_at, ${ARRIVAL}, '{}' from planned where n = 0`;

const NAMES = "insert into github.repo_names (name_key, repo_id) select lower(name), repo_id from planned where n = 0";

const WORKFLOW_ROWS = `
  insert into github.workflows (workflow_id, repo_id, name, path, state, url, updated_at, arrival, snapshot)
  select distinct on (workflow_id) workflow_id, repo_id, 'Workflow ' || workflow_id % 1000,
    '.github/workflows/w' || workflow_id % 1000 || '.yml', 'active', null, created_at, ${ARRIVAL},
    jsonb_build_object('id', workflow_id)
  from planned order by workflow_id, n`;

const COMMITS = `
  insert into github.commits (repo_id, sha, author, message, time, origin, arrival)
  select distinct on (sha) repo_id, sha, actor, 'Change ' || sha, committed_at, 1, ${ARRIVAL} from planned order by sha, n`;

const BRANCHES = `
  insert into github.branches (repo_id, name, head_sha, deleted, protected, version, evidence)
  select distinct on (branch) repo_id, branch, sha, false, branch = 'main', created_at, '{}' from planned order by branch, n`;

const BRANCH_COMMITS = `
  insert into github.branch_commits (repo_id, branch, sha) select distinct repo_id, branch, sha from planned`;

const ATTEMPTS = `
  insert into github.attempts (run_id, attempt, repo_id, status, conclusion, rank, created_at, run_started_at, updated_at, arrival, snapshot)
  select run_id, a, repo_id, case when a < attempt then 'completed' else status end,
    case when a < attempt then 'failure' else conclusion end,
    case when a < attempt or status = 'completed' then 2 when status = 'in_progress' then 1 else 0 end,
    created_at, created_at, created_at + runtime_seconds * interval '1 second', ${ARRIVAL},
    jsonb_build_object(
      'id', run_id, 'name', 'Workflow ' || workflow_id % 1000, 'workflow_id', workflow_id, 'run_attempt', a,
      'head_branch', branch, 'head_sha', sha, 'event', event, 'status', status, 'conclusion', conclusion,
      'created_at', created_at, 'actor', jsonb_build_object('login', actor), 'padding', repeat(md5(run_id::text), 20),
      'head_commit', jsonb_build_object(
        'id', sha, 'message', 'Change ' || sha, 'timestamp', to_char(committed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'author', jsonb_build_object('name', actor)))
  from planned cross join lateral generate_series(1, attempt) as a order by n desc`;

const JOBS = `
  insert into github.jobs (
    job_id, run_id, repo_id, attempt, name, status, conclusion, rank, created_at, started_at, ended_at, os, labels,
    runner_id, runner_name, runner_group, arrival, snapshot)
  select run_id * 10 + a, run_id, repo_id, a, 'build', case when a < attempt then 'completed' else status end,
    case when a < attempt then 'failure' else conclusion end, 2, created_at,
    case when status = 'queued' then null else created_at + (queue_seconds + a) * interval '1 second' end, null, os,
    jsonb_build_array(lower(os) || '-latest'), n, 'runner ' || n % 50, 'Group ' || n % 3, ${ARRIVAL},
    jsonb_build_object('id', run_id * 10 + a, 'padding', repeat(md5(run_id::text), 10))
  from planned cross join lateral generate_series(1, attempt) as a order by n desc`;

const RUNS = `
  insert into github.runs (
    run_id, repo_id, attempt, workflow_id, name, event, status, conclusion, actor, branch, sha, head_repo_id, url,
    created_at, run_started_at, updated_at, started_at, ended_at, queue_seconds, runtime_seconds, os)
  select run_id, repo_id, attempt, workflow_id, 'Workflow ' || workflow_id % 1000, event, status, conclusion, actor, branch,
    sha, head_repo_id, 'https://github.com/' || name || '/actions/runs/' || run_id,
    created_at, created_at, created_at + runtime_seconds * interval '1 second', created_at + queue_seconds * interval '1 second',
    case when status = 'completed' then created_at + runtime_seconds * interval '1 second' end, queue_seconds,
    case when status = 'completed' then runtime_seconds end, os
  from planned order by n desc`;

const HEADS = `
  insert into github.heads (repo_id, branch, sha, committed_at, first_run_at)
  select repo_id, branch, sha, min(committed_at), min(created_at) from planned
  where head_repo_id = repo_id group by repo_id, branch, sha`;

const COUNTS = `
  insert into github.run_counts (repo_id, dimension, value, total)
  select repo_id, dimension, value, count(*) from planned cross join lateral (values
    ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
  ) as counted(dimension, value)
  where value is not null group by repo_id, dimension, value`;
