import { type SQL, sql } from "drizzle-orm";
import { qaboardOutputs } from "../../schema/index.ts";

/** Beyond that, the distance of two numbers is more than a double holds. */
const MAX_DISTANT = sql.raw("8e307");

/**
 * Median and average of the named metrics over the valid outputs of `batches b`, as a JSON object (contract section 3.2).
 * Booleans count as 0 and 1, lists are flattened; a metric that has another value somewhere gives nothing. Averages are
 * taken of the numbers as they were written, since sums of large doubles overflow.
 */
export function aggregatedMetrics(names: readonly string[]): SQL {
  if (names.length === 0) return sql`'{}'::json`;
  return sql`(
    select coalesce(json_object_agg(key, value), '{}') from (
      select m.name, percentile_cont(0.5) within group (order by leaf.number::float8) as median,
        avg(leaf.number)::float8 as average
      from ${qaboardOutputs} o, jsonb_each(o.metrics) as m (name, value),
        jsonb_path_query(m.value, 'strict $.** ? (@.type() != "array")') as found,
        lateral (select case jsonb_typeof(found) when 'number' then found::numeric
          when 'boolean' then (found::boolean)::integer::numeric end as number) leaf
      where o.batch_id = b.id and not o.is_pending and o.is_failed is not true
        and m.name = any(array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))) and m.value <> 'null'
      group by m.name
      having bool_and(leaf.number is not null) and max(abs(leaf.number)) < ${MAX_DISTANT}
    ) figures, lateral (values (name || '_median', median), (name || '_average', average)) as figure (key, value))`;
}
