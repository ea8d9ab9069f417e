import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { COMMIT_PLACE, CommitPlace } from "../../render/qaboard/commit-place.ts";
import { inUtc, naive, OUTPUT } from "../../render/qaboard/objects.ts";
import { qaboardBatches, qaboardCommits, qaboardInputs, qaboardOutputs, qaboardProjects } from "../../schema/index.ts";
import { allBoundedRows, hasAtMost } from "../bounded-rows.ts";
import { aggregatedMetrics } from "./aggregated-metrics.ts";

/** Outputs that one answer shows. */
const MAX_OUTPUTS = 20_000;

/** `json`: JSON text of what needs no folder. */
const Commit = CommitPlace.extend({ json: z.string() });
const Batch = z.object({ label: z.string(), batchDirOverride: z.string().nullable(), json: z.string() });

/** A row a batch; the commit stands on its first one. */
const Row = z.object({
  commit: Commit.nullable(),
  label: z.string().nullable(),
  batchDirOverride: z.string().nullable(),
  json: z.string().nullable(),
});

/** A commit and its batches in the order of creation; each `json` is an object's text. */
export type CommitRow = z.infer<typeof Commit> & { batches: z.infer<typeof Batch>[] };

/** What of the batches is shown. */
export type ShownBatches = {
  /** Only the batch of this label. */
  label: string | undefined;
  withOutputs: boolean;
  /** Names of metrics to aggregate. */
  metrics: readonly string[];
};

/** Over `ci_commits c` and `projects p`. */
const COMMIT = sql`json_build_object(${COMMIT_PLACE}, 'json', json_build_object('id', c.hexsha, 'branch', replace(coalesce(c.branch, ''), 'origin/', ''),
    'message', coalesce(c.message, ''), 'committer_name', coalesce(c.committer_name, ''), 'committer_avatar_url', '',
    'authored_datetime', ${inUtc(sql`c.authored_datetime`)},
    'authored_date', to_char(c.authored_datetime at time zone 'UTC', 'YYYY-MM-DD'),
    'latest_output_datetime', ${inUtc(sql`c.latest_output_datetime`)}, 'deleted', c.deleted, 'data', c.data)::text)`;

/** All outputs of `batches b`, by id. */
const OUTPUTS = sql`(select coalesce(json_object_agg(o.id, ${OUTPUT} order by o.id), '{}')
  from ${qaboardOutputs} o join ${qaboardInputs} i on i.id = o.test_input_id where o.batch_id = b.id)`;

/**
 * Commits with their batches, in one round trip. `chosen` selects the ids of the commits as `id` and their order as `turn`;
 * outputs are only looked at when they are shown or aggregated. Throws ResponseTooLarge for more than an answer may have.
 */
export async function listCommitRows(db: Database, chosen: SQL, shown: ShownBatches): Promise<CommitRow[]> {
  const outputs = shown.withOutputs ? sql`, 'outputs', ${OUTPUTS}` : sql``;
  const ofLabel = shown.label === undefined ? sql`` : sql`and b.label = ${shown.label}`;
  const shownOutputs = sql`select from numbered s join ${qaboardOutputs} o on o.batch_id = s.batch_id`;
  const found = await allBoundedRows(
    db,
    Row,
    sql`
    with chosen as materialized (${chosen}),
    numbered as (
      select chosen.turn, chosen.id, b.id as batch_id, row_number() over (partition by chosen.id order by b.id) = 1 as first
      from chosen left join ${qaboardBatches} b on b.ci_commit_id = chosen.id ${ofLabel}
    )
    select case when n.first then ${COMMIT} end as commit, b.label, b.batch_dir_override as "batchDirOverride",
      case when b.id is not null then json_build_object('id', b.id, 'commit_id', c.hexsha, 'label', b.label,
        'created_date', ${naive(sql`b.created_date`)}, 'data', b.data, 'valid_outputs', b.valid_outputs,
        'pending_outputs', b.pending_outputs, 'running_outputs', b.running_outputs, 'failed_outputs', b.failed_outputs,
        'deleted_outputs', b.deleted_outputs, 'aggregated_metrics', ${aggregatedMetrics(shown.metrics)}
        ${outputs})::text end as json
    from numbered n join ${qaboardCommits} c on c.id = n.id join ${qaboardProjects} p on p.id = c.project_id
      left join ${qaboardBatches} b on b.id = n.batch_id
    ${shown.withOutputs ? sql`where ${hasAtMost(MAX_OUTPUTS, shownOutputs)}` : sql``}
    order by n.turn, n.id, n.batch_id`,
    sql`coalesce(octet_length(asked.json), 0) + coalesce(octet_length(asked.commit::text), 0)`,
  );
  const commits: CommitRow[] = [];
  for (const { commit, label, batchDirOverride, json } of found) {
    if (commit !== null) commits.push({ ...commit, batches: [] });
    if (label !== null && json !== null) commits.at(-1)?.batches.push({ label, batchDirOverride, json });
  }
  return commits;
}
