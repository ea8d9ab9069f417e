import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { qaboardBatches, qaboardOutputs } from "../../schema/index.ts";
import { moveOutputs } from "./moved-outputs.ts";

/** An iteration of an optimisation, whose batch is `batchId`. */
export type Iteration = {
  batchId: number;
  iteration: number;
  /** Label of the iteration's own batch when it is the best one so far: its outputs become the batch's. */
  bestLabel: string | undefined;
};

const Moved = z.object({ folder: z.string() });

/**
 * Ends an iteration (contract section 4.2): the outputs of the best one move to the optimisation's batch, in the place of
 * those of the best one before; batches of this and earlier iterations go. Gives the folders of outputs that are gone.
 */
export async function endIteration(db: Database, { batchId, iteration, bestLabel }: Iteration): Promise<string[]> {
  const isBest = bestLabel !== undefined;
  const moved = await rows(
    db,
    Moved,
    sql`
    with main as materialized (select id, ci_commit_id, label || '|iter' as beginning from ${qaboardBatches} where id = ${batchId}),
    replaced as (
      delete from ${qaboardOutputs} o using main
      where ${isBest} and o.batch_id = main.id and o.output_type <> 'optim_iteration' returning o.id, o.output_dir
    ), best as materialized (
      select o.id from ${qaboardOutputs} o join ${qaboardBatches} b on b.id = o.batch_id join main
        on main.ci_commit_id = b.ci_commit_id
      where ${isBest} and b.label = ${bestLabel ?? ""} and b.id <> main.id and (select count(*) from replaced) >= 0
    ), moved as (${moveOutputs(sql`select id from best`, sql`select id from main`, sql`select id from replaced`)}),
    ended as materialized (
      select b.id from ${qaboardBatches} b join main on main.ci_commit_id = b.ci_commit_id
      where starts_with(b.label, main.beginning)
        and substr(b.label, length(main.beginning) + 1) ~ '^[0-9]{1,9}$'
        and substr(b.label, length(main.beginning) + 1)::integer <= ${iteration} and (select count(*) from moved) >= 0
    ), gone as (
      delete from ${qaboardOutputs} o using ended
      where o.batch_id = ended.id and o.id not in (select id from best) returning o.output_dir
    ), removed as (
      delete from ${qaboardBatches} b using ended where b.id = ended.id and (select count(*) from gone) >= 0
    )
    select output_dir as folder from replaced union select output_dir from gone`,
  );
  return moved.map(({ folder }) => folder);
}
