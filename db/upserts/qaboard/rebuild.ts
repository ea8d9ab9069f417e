import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { qaboardBatches, qaboardOutputs } from "../../schema/index.ts";

const Corrected = z.object({ batches: z.coerce.number(), corrected: z.coerce.number() });

/**
 * Recounts the counters of all batches from their outputs; how many batches there are, and how many counters were wrong.
 * Outputs must not change meanwhile: the transaction holds their table against writers.
 */
export async function recountBatches(tx: Database): Promise<z.infer<typeof Corrected>> {
  await tx.execute(sql`lock table ${qaboardOutputs} in share mode`);
  return await onlyRow(
    tx,
    Corrected,
    sql`
    with counted as (
      select b.id, count(o.id) filter (where o.is_failed is not true and not o.is_pending) as valid,
        count(*) filter (where o.is_pending) as pending, count(*) filter (where o.is_running) as running,
        count(*) filter (where o.is_failed) as failed, count(*) filter (where o.deleted) as deleted
      from ${qaboardBatches} b left join ${qaboardOutputs} o on o.batch_id = b.id group by b.id
    ), corrected as (
      update ${qaboardBatches} b set valid_outputs = c.valid, pending_outputs = c.pending, running_outputs = c.running,
        failed_outputs = c.failed, deleted_outputs = c.deleted
      from counted c where c.id = b.id and (c.valid, c.pending, c.running, c.failed, c.deleted)
        <> (b.valid_outputs, b.pending_outputs, b.running_outputs, b.failed_outputs, b.deleted_outputs)
      returning b.id
    )
    select (select count(*) from counted) as batches, (select count(*) from corrected) as corrected`,
  );
}
