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
      with measured as materialized (
        select m.name, o.metrics -> m.name as value
        from ${qaboardOutputs} o, jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as m (name)
        where o.batch_id = b.id and not o.is_pending and o.is_failed is not true
      ), leaves as (
        select name, value from measured where jsonb_typeof(value) not in ('array', 'null')
        union all
        select name, leaf from measured, jsonb_path_query(value, 'strict $.** ? (@.type() != "array")') as leaf
        where jsonb_typeof(value) = 'array'
      ), numbers as (
        select name, case jsonb_typeof(value) when 'number' then value::numeric
          when 'boolean' then (value::boolean)::integer::numeric end as number
        from leaves
      )
      select name, percentile_cont(0.5) within group (order by number::float8) as median, avg(number)::float8 as average
      from numbers group by name having bool_and(number is not null) and max(abs(number)) < ${MAX_DISTANT}
    ) figures, lateral (values (name || '_median', median), (name || '_average', average)) as figure (key, value))`;
}
