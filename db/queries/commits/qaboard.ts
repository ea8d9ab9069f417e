import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { beginsWith } from "../../render/beginning.ts";
import { qaboardBatches, qaboardCommits, qaboardInputs, qaboardOutputs, qaboardProjects } from "../../schema/index.ts";
import { onlyBoundedRow } from "../bounded-rows.ts";
import { brief, HASHES, Hashes, hashesAmong, listOf, naiveUtc, utc } from "./hashes.ts";

/** What one commit shows at most of each kind; failed outputs go first. */
export const QABOARD_LIMITS = {
  commits: 20,
  batches: 100,
  outputs: 200,
  metrics: 12,
  failing: 100,
  earlierCommits: 20,
} as const;

const Found = Hashes.extend({
  commits: z.array(
    z.object({
      project: z.string(),
      address: z.string().nullable(),
      branch: z.string().nullable(),
      message: z.string().nullable(),
      author: z.string().nullable(),
      time: z.string().nullable(),
    }),
  ),
  batches: z.array(
    z.object({
      project: z.string(),
      label: z.string(),
      created_at: z.string().nullable(),
      valid: z.number(),
      pending: z.number(),
      running: z.number(),
      failed: z.number(),
      deleted: z.number(),
    }),
  ),
  outputs: z.array(
    z.object({
      id: z.number(),
      project: z.string(),
      label: z.string(),
      input: z.string(),
      platform: z.string().nullable(),
      configurations: z.string(),
      parameters: z.string(),
      identity: z.string().nullable(),
      isPending: z.boolean(),
      isRunning: z.boolean(),
      isFailed: z.boolean(),
      metrics: z.array(z.object({ name: z.string(), value: z.number() })),
      seriesId: z.string(),
    }),
  ),
  earlier: z.array(
    z.object({
      seriesId: z.string(),
      sha: z.string(),
      isPending: z.boolean(),
      isRunning: z.boolean(),
      isFailed: z.boolean(),
    }),
  ),
});
export type QaboardCommit = z.infer<typeof Found>;

const {
  commits: maxCommits,
  batches: maxBatches,
  outputs: maxOutputs,
  metrics,
  failing,
  earlierCommits,
} = QABOARD_LIMITS;

/** Batches and outputs of a commit in every project, with what failed outputs did on earlier commits of their branch. */
export async function findQaboardCommit(db: Database, beginning: string): Promise<QaboardCommit> {
  return await onlyBoundedRow(
    db,
    Found,
    sql`
    with ${hashesAmong(sql`select c.hexsha from ${qaboardCommits} c where ${beginsWith(sql`c.hexsha`, beginning)}`)},
    found as materialized (
      select c.* from one join ${qaboardCommits} c on c.hexsha = one.sha order by c.id limit ${maxCommits}
    ), commit as (
      select c.project_id as project, left(coalesce(p.data #>> '{git,git_http_url}', p.data #>> '{git,web_url}',
          p.data #>> '{git,git_ssh_url}'), 500) as address,
        ${brief(sql`c.branch`)} as branch, left(c.message, 4000) as message, ${brief(sql`c.committer_name`)} as author,
        ${utc(sql`c.authored_datetime`)} as time
      from found c join ${qaboardProjects} p on p.id = c.project_id
    ), batch as materialized (
      select b.*, c.project_id, c.branch, c.authored_datetime, c.id as commit_id
      from found c join ${qaboardBatches} b on b.ci_commit_id = c.id order by b.id desc limit ${maxBatches}
    ), output as materialized (
      select o.*, b.project_id, b.label, b.branch, b.authored_datetime, b.commit_id
      from batch b join ${qaboardOutputs} o on o.batch_id = b.id where not o.deleted
      order by coalesce(o.is_failed, false) desc, o.id desc limit ${maxOutputs}
    ), shown_batch as (
      select project_id as project, ${brief(sql`label`)} as label, ${naiveUtc(sql`created_date`)} as created_at,
        valid_outputs as valid, pending_outputs as pending, running_outputs as running, failed_outputs as failed,
        deleted_outputs as deleted, id from batch
    ), shown_output as (
      select o.id, o.project_id as project, ${brief(sql`o.label`)} as label, ${brief(sql`i.path`)} as input,
        ${brief(sql`o.platform`)} as platform, ${brief(sql`o.configurations::text`)} as configurations,
        ${brief(sql`o.extra_parameters::text`)} as parameters, o.identity, o.is_pending as "isPending",
        o.is_running as "isRunning", coalesce(o.is_failed, false) as "isFailed", coalesce(figures.list, '[]') as metrics,
        md5(concat_ws(' ', o.project_id, o.batch_id, o.test_input_id, o.identity, o.platform)) as "seriesId"
      from output o join ${qaboardInputs} i on i.id = o.test_input_id
      left join lateral (
        select json_agg(json_build_object('name', left(metric.key, 200), 'value', metric.value) order by metric.key) as list from (
          select m.key, m.value from jsonb_each(case jsonb_typeof(o.metrics) when 'object' then o.metrics else '{}' end) m
          where jsonb_typeof(m.value) = 'number' order by m.key limit ${metrics}
        ) metric
      ) figures on true
    ), failing as (
      select * from output where is_failed and not is_pending and not is_running and branch is not null
        and authored_datetime is not null limit ${failing}
    ), earlier as (
      select md5(concat_ws(' ', f.project_id, f.batch_id, f.test_input_id, f.identity, f.platform)) as "seriesId", c.hexsha as sha,
        e.is_pending as "isPending", e.is_running as "isRunning", coalesce(e.is_failed, false) as "isFailed",
        c.authored_datetime
      from failing f cross join lateral (
        select c.id, c.hexsha, c.authored_datetime from ${qaboardCommits} c
        where c.project_id = f.project_id and c.branch = f.branch and c.authored_datetime < f.authored_datetime
        order by c.authored_datetime desc limit ${earlierCommits}
      ) c join ${qaboardBatches} b on b.ci_commit_id = c.id and b.label = f.label
      join ${qaboardOutputs} e on e.batch_id = b.id and e.test_input_id = f.test_input_id and e.identity = f.identity
        and e.platform is not distinct from f.platform
      where not e.deleted
    )
    select ${HASHES}, ${listOf("commit", sql`project`)} as commits, ${listOf("shown_batch", sql`project, label, id`)} as batches,
      ${listOf("shown_output", sql`project, label, input, id`)} as outputs,
      ${listOf("earlier", sql`authored_datetime desc, sha`)} as earlier`,
  );
}
