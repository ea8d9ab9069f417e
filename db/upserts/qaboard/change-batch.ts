import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { qaboardBatches, qaboardOutputs } from "../../schema/index.ts";
import { moveOutputs } from "./moved-outputs.ts";

/** Over `batches b`: whether every recorded command names a runner. */
const CAN_STOP = sql`not exists (
  select from jsonb_each(case jsonb_typeof(b.data -> 'commands') when 'object' then b.data -> 'commands' else '{}' end) command
  where jsonb_typeof(command.value) <> 'object' or not command.value ? 'runner')`;

const Stopped = z.object({ outcome: z.enum(["done", "unknown", "unstoppable"]) });
const Renamed = z.object({ outcome: z.enum(["done", "unknown", "taken", "pending"]) });

/** Stops a batch: its outputs are no longer pending nor running; `unstoppable` while a command names no runner. */
export async function stopBatch(db: Database, id: number): Promise<z.infer<typeof Stopped>["outcome"]> {
  const row = await onlyRow(
    db,
    Stopped,
    sql`
    with b as materialized (select id, pending_outputs > 0 as pending, ${CAN_STOP} as can_stop from ${qaboardBatches} b where id = ${id}),
    stopped as (
      update ${qaboardOutputs} o set is_pending = false, is_running = false
      from b where o.batch_id = b.id and b.can_stop and o.is_pending
    )
    select case when not exists (select from b) then 'unknown'
      when exists (select from b where pending and not can_stop) then 'unstoppable' else 'done' end as outcome`,
  );
  return row.outcome;
}

/**
 * Renames a batch; `taken` without a label, or when a batch of the commit has that one, be it this one; `pending` while it
 * is not finished.
 */
export async function renameBatch(
  db: Database,
  { id, label }: { id: number; label: string | null },
): Promise<z.infer<typeof Renamed>["outcome"]> {
  const row = await onlyRow(
    db,
    Renamed,
    sql`
    with b as materialized (
      select b.id, b.pending_outputs > 0 as pending, ${label}::text is null or exists (
        select from ${qaboardBatches} other where other.ci_commit_id = b.ci_commit_id and other.label = ${label}) as taken
      from ${qaboardBatches} b where id = ${id}
    ), renamed as (
      update ${qaboardBatches} set label = ${label} from b
      where ${qaboardBatches}.id = b.id and not b.taken and not b.pending
    )
    select case when not exists (select from b) then 'unknown' when (select taken from b) then 'taken'
      when (select pending from b) then 'pending' else 'done' end as outcome`,
  );
  return row.outcome;
}

/** Outputs of a batch that are meant: all, or those of these ids. */
export type Selected = "all" | readonly number[];

/** Moves outputs to the batch of that label in the same commit, which is made when it is new; false for an unknown id. */
export async function moveToBatch(
  db: Database,
  { id, label, outputs }: { id: number; label: string; outputs: Selected },
): Promise<boolean> {
  const ofIds =
    outputs === "all"
      ? sql``
      : sql`and o.id = any(array(select jsonb_array_elements_text(${JSON.stringify(outputs)}::jsonb)::bigint))`;
  const row = await onlyRow(
    db,
    z.object({ known: z.boolean() }),
    sql`
    with b as materialized (select id, ci_commit_id from ${qaboardBatches} where id = ${id}),
    target as (
      insert into ${qaboardBatches} as t (ci_commit_id, label) select ci_commit_id, ${label} from b
      on conflict (ci_commit_id, label) do update set label = excluded.label returning t.id
    ), moved as (${moveOutputs(
      sql`select o.id from ${qaboardOutputs} o join b on b.id = o.batch_id where true ${ofIds}`,
      sql`select id from target`,
    )})
    select count(*) > 0 as known from b`,
  );
  return row.known;
}

/** Deletes a batch that has no output. Its counters tell, so that an output that comes meanwhile keeps it. */
export async function deleteEmptyBatch(db: Database, id: number): Promise<void> {
  await db.execute(
    sql`delete from ${qaboardBatches}
      where id = ${id} and valid_outputs = 0 and pending_outputs = 0 and failed_outputs = 0`,
  );
}
