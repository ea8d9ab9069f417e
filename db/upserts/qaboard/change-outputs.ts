import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { OUTPUT } from "../../render/qaboard/objects.ts";
import { qaboardInputs, qaboardOutputs } from "../../schema/index.ts";

const Text = z.object({ json: z.string() });

/** A flag as a body sets it: null counts as false, absence changes nothing. */
const flag = (name: string) => {
  const key = sql.raw(`'${name}'`);
  return sql`case when body ? ${key} then coalesce((body ->> ${key})::boolean, false) else o.${sql.raw(name)} end`;
};

/** Changes flags, data and metrics of an output as a body says; its JSON text, or undefined for an unknown id. */
export async function changeOutput(db: Database, id: number, text: string): Promise<string | undefined> {
  const row = await firstRow(
    db,
    Text,
    sql`
    with given as materialized (select ${text}::jsonb as body),
    o as (
      update ${qaboardOutputs} o set is_pending = ${flag("is_pending")}, is_running = ${flag("is_running")},
        is_failed = case when body ? 'is_failed' then (body ->> 'is_failed')::boolean else o.is_failed end,
        data = o.data || coalesce(nullif(body -> 'data', 'null'), '{}'),
        metrics = o.metrics || coalesce(nullif(body -> 'metrics', 'null'), '{}')
      from given where o.id = ${id} returning o.*
    )
    select ${OUTPUT}::text as json from o join ${qaboardInputs} i on i.id = o.test_input_id`,
  );
  return row?.json;
}

const idsIn = (ids: readonly number[]) =>
  sql`id = any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint))`;

/** Deletes outputs; those that are gone already count as deleted. */
export async function deleteOutputs(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.execute(sql`delete from ${qaboardOutputs} where ${idsIn(ids)}`);
}

/** Says that the files of outputs are gone; what was measured stays. */
export async function markDeleted(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.execute(sql`update ${qaboardOutputs} set deleted = true where ${idsIn(ids)}`);
}
