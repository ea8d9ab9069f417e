import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded } from "../../recordset.ts";
import type { GithubId } from "../../schema/github-id.ts";
import { attempts, jobs, runCounts, runs } from "../../schema/index.ts";
import { upsertHeads } from "./heads.ts";

/** The lock a transaction must hold before it writes an attempt or a job of a run. */
export const runLock = (runId: GithubId) => `github run ${runId}`;

const COLUMNS = [
  "runId",
  "repoId",
  "attempt",
  "workflowId",
  "name",
  "event",
  "status",
  "conclusion",
  "actor",
  "branch",
  "sha",
  "checkSuiteId",
  "headRepoId",
  "url",
  "createdAt",
  "runStartedAt",
  "updatedAt",
  "startedAt",
  "endedAt",
  "queueSeconds",
  "runtimeSeconds",
  "os",
] as const;

/** What a snapshot tells, taken out in one go: it is large, and every look at the stored one unpacks it again. */
const TOLD = sql`told.workflow_id, told.name, told.event, told.actor->>'login' as actor, told.head_branch, told.head_sha,
  told.check_suite_id, (told.head_repository->>'id')::bigint as head_repo_id, told.html_url`;

const toldBy = (snapshot: SQL) => sql`jsonb_to_record(${snapshot}) as told(
  workflow_id bigint, name text, event text, actor jsonb, head_branch text, head_sha text, check_suite_id bigint,
  head_repository jsonb, html_url text)`;

/**
 * Recomputes the run rows of the given ids from their attempts and jobs (contract section 4, derived columns), moves
 * the counters of run lists by the difference and notes the head commits. The caller holds `runLock` of each; jobs whose
 * run is unknown make no row.
 */
export async function recomputeRuns(tx: Database, runIds: readonly GithubId[]): Promise<void> {
  if (runIds.length === 0) return;
  await tx.execute(sql`
    with touched as (
      select distinct value::bigint as run_id from jsonb_array_elements_text(${JSON.stringify(runIds.map(String))}::jsonb)
    ), before as (
      select ${runs}.* from ${runs} join touched using (run_id)
    ), newest as (
      select distinct on (run_id) ${attempts}.* from ${attempts} join touched using (run_id) order by run_id, attempt desc
    ), shown as materialized (
      select newest.*, ${TOLD} from newest, ${toldBy(sql`newest.snapshot`)}
    ), derived as (
      select shown.*,
        coalesce(started.at, shown.run_started_at, shown.created_at) as started_at,
        case when shown.attempt = 1 then shown.created_at else coalesce(shown.run_started_at, shown.created_at) end as reference,
        case when shown.status = 'completed' then shown.updated_at end as ended_at,
        systems.os
      from shown
      left join lateral (
        select min(j.started_at) as at from ${jobs} j where j.run_id = shown.run_id and j.attempt = shown.attempt
      ) as started on true
      left join lateral (
        select string_agg(os, ',' order by position(os in 'Linux Windows macOS')) as os
        from (select distinct j.os from ${jobs} j where j.run_id = shown.run_id and j.os is not null) as known
      ) as systems on true
    ), after as (
      insert into ${runs} (
        run_id, repo_id, attempt, workflow_id, name, event, status, conclusion, actor, branch, sha, check_suite_id,
        head_repo_id, url, created_at, run_started_at, updated_at, started_at, ended_at, queue_seconds, runtime_seconds, os)
      select run_id, repo_id, attempt, workflow_id, name, event, status, conclusion, actor, head_branch, head_sha,
        check_suite_id, head_repo_id, html_url, created_at, run_started_at, updated_at, started_at, ended_at,
        greatest(0, extract(epoch from started_at - reference))::bigint,
        case when ended_at is not null then greatest(0, extract(epoch from ended_at - started_at)) end, os
      from derived order by run_id
      on conflict (run_id) do update set ${fromExcluded(runs, COLUMNS)}
      returning *
    ), headed as (
      ${upsertHeads(sql`shown`)}
    ), moved as (
      select repo_id, branch, workflow_id, status, conclusion, -1 as step from before
      union all
      select repo_id, branch, workflow_id, status, conclusion, 1 from after
    )
    insert into ${runCounts} (repo_id, dimension, value, total)
    select repo_id, dimension, value, sum(step)
    from moved cross join lateral (values
      ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
    ) as counted(dimension, value)
    where value is not null
    group by repo_id, dimension, value having sum(step) <> 0
    order by repo_id, dimension, value
    on conflict (repo_id, dimension, value) do update set total = ${runCounts.total} + excluded.total`);
}
