import { type SQL, sql } from "drizzle-orm";
import { qaboardOutputs } from "../../schema/index.ts";

/**
 * Moves outputs to another batch: `ids` selects them as `id`, `target` the batch as `id`, `replaced` those that the same
 * statement deletes from it. One whose like is there already stays beside it, under the next number of `duplicate`.
 */
export function moveOutputs(ids: SQL, target: SQL, replaced = sql`select null::bigint where false`): SQL {
  return sql`update ${qaboardOutputs} o set batch_id = target.id,
      duplicate = coalesce((select max(t.duplicate) + 1 from ${qaboardOutputs} t where t.batch_id = target.id
        and t.test_input_id = o.test_input_id and t.platform is not distinct from o.platform
        and t.identity = o.identity and t.id not in (${replaced})), 0) + o.duplicate
    from (${target}) target where o.id in (${ids}) and o.batch_id <> target.id
    returning o.id`;
}
