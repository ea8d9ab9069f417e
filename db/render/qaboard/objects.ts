import { type SQL, sql } from "drizzle-orm";

/* The contract's objects as JSON (section 3), rendered by the database, so that free JSON keeps its numbers. */

/** ISO 8601 without zone, microseconds only where there are some; the column is UTC without zone. */
export function naive(column: SQL): SQL {
  return sql`replace(to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '')`;
}

/** ISO 8601 in UTC with its offset, microseconds only where there are some; the column is an instant. */
export function inUtc(column: SQL): SQL {
  return sql`${naive(sql`${column} at time zone 'UTC'`)} || '+00:00'`;
}

/** Characters that stand in a URL's path as they are, as Python's `quote` has it. */
const PLAIN = "[A-Za-z0-9_.~/-]";

/** The URL of an absolute path: percent-encoded UTF-8 below /s (contract section 2.2). */
export function urlPath(path: SQL): SQL {
  return sql`'/s' || case when ${path} ~ ${sql.raw(`'^${PLAIN}*$'`)} then ${path} else (
    select string_agg(case when one ~ ${sql.raw(`'^${PLAIN}$'`)} then one
      else regexp_replace(upper(encode(convert_to(one, 'UTF8'), 'hex')), '(..)', '%\\1', 'g') end, '' order by turn)
    from unnest(string_to_array(${path}, null)) with ordinality as each (one, turn)) end`;
}

/** Over `outputs o` and its `test_inputs i` (contract section 3.1). */
export const OUTPUT = sql`json_build_object(
  'id', o.id, 'output_type', o.output_type, 'platform', o.platform, 'configurations', o.configurations,
  'extra_parameters', o.extra_parameters, 'metrics', o.metrics, 'is_failed', o.is_failed, 'is_pending', o.is_pending,
  'is_running', o.is_running, 'data', o.data, 'deleted', o.deleted, 'created_date', ${naive(sql`o.created_date`)},
  'output_dir_url', ${urlPath(sql`o.output_dir`)}, 'test_input_database', i.database, 'test_input_path', i.path,
  'test_input_metadata', coalesce(i.data -> 'metadata', '{}'))`;
