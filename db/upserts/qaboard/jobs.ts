import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow, onlyRow, rows } from "../../client.ts";
import { qaboardBatches, qaboardCommits, qaboardOutputs, qaboardTuningJobs } from "../../schema/index.ts";

const Id = z.object({ id: z.coerce.number() });

/** Makes the batch of a label in a commit unless it is there; a result is about to come. Undefined for an unknown commit. */
export async function ensureBatch(db: Database, project: string, hash: string, label: string) {
  const row = await firstRow(
    db,
    Id,
    sql`with commit as (
        update ${qaboardCommits} set latest_output_datetime = now() where project_id = ${project} and hexsha = ${hash} returning id)
      insert into ${qaboardBatches} as b (ci_commit_id, label) select id, ${label} from commit
      on conflict (ci_commit_id, label) do update set label = excluded.label returning b.id`,
  );
  return row?.id;
}

/** Enters a tuning run of a batch, which the batch shows from then on (contract section 9). */
export async function startTuning(db: Database, batchId: number, request: object): Promise<number> {
  const row = await onlyRow(
    db,
    Id,
    sql`with batch as (select id, ci_commit_id from ${qaboardBatches} where id = ${batchId}),
      job as (insert into ${qaboardTuningJobs} (kind, ci_commit_id, batch_id, request)
        select 'tuning', ci_commit_id, id, ${JSON.stringify(request)}::jsonb from batch returning id)
      update ${qaboardBatches} b set data = b.data || jsonb_build_object('type', 'local', 'job',
        jsonb_build_object('id', job.id, 'state', 'waiting')) from job where b.id = ${batchId} returning job.id`,
  );
  return row.id;
}

/** Which outputs of a batch are run again. */
export type RedoChoice = { outputId?: number; onlyFailed?: boolean; onlyDeleted?: boolean };

/** Marks outputs as pending and enters one job for all of them; undefined when none is meant (contract section 6). */
export async function startRedo(db: Database, batchId: number, choice: RedoChoice): Promise<number | undefined> {
  const { outputId = null, onlyFailed = false, onlyDeleted = false } = choice;
  const row = await firstRow(
    db,
    Id,
    sql`with redone as (
        update ${qaboardOutputs} set is_pending = true, is_running = false
        where batch_id = ${batchId} and (${outputId}::bigint is null or id = ${outputId}::bigint)
          and (not ${onlyFailed}::boolean or is_failed) and (not ${onlyDeleted}::boolean or deleted)
        returning id)
      insert into ${qaboardTuningJobs} (kind, ci_commit_id, batch_id, output_id, request)
      select 'redo', b.ci_commit_id, b.id, ${outputId}::bigint, jsonb_build_object('outputs', redone.ids)
      from ${qaboardBatches} b, (select jsonb_agg(id order by id) as ids from redone) redone
      where b.id = ${batchId} and redone.ids is not null returning id`,
  );
  return row?.id;
}

/** Enters a job for each commit of a hash whose project's id begins the given one (contract section 6, save-artifacts). */
export async function startSaveArtifacts(db: Database, hash: string, project: string): Promise<number[]> {
  const jobs = await rows(
    db,
    Id,
    sql`with commit as (
        update ${qaboardCommits} set deleted = false where hexsha = ${hash} and starts_with(${project}, project_id) returning id)
      insert into ${qaboardTuningJobs} (kind, ci_commit_id) select 'save-artifacts', id from commit returning id`,
  );
  return jobs.map(({ id }) => id);
}

/** What became of a job: a runner took it, or why none did. */
export type JobOutcome = { state: "taken" | "failed"; runner: string | null; reason: string | null };

/** Settles a job. One that failed shows on its batch, and fails the outputs that wait for it. */
export async function settleJob(db: Database, jobId: number, { state, runner, reason }: JobOutcome): Promise<void> {
  await db.execute(sql`
    with job as (
      update ${qaboardTuningJobs} set state = ${state}, runner = ${runner}, reason = ${reason}, settled_at = now()
      where id = ${jobId} and state = 'waiting' returning id, kind, batch_id, request),
    failed as (
      update ${qaboardOutputs} o set is_pending = false, is_running = false, is_failed = true,
        data = o.data || jsonb_build_object('redo_error', ${reason}::text)
      from job where ${state} = 'failed' and job.kind = 'redo' and o.batch_id = job.batch_id and o.is_pending
        and job.request -> 'outputs' @> to_jsonb(o.id))
    update ${qaboardBatches} b set data = b.data || jsonb_build_object('job',
      jsonb_strip_nulls(jsonb_build_object('id', job.id, 'state', ${state}::text, 'runner', ${runner}::text, 'reason', ${reason}::text)))
    from job where b.id = job.batch_id`);
}
