import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** A list of ids as one parameter, to be read as rows of one text column. */
export function idsOf(ids: Iterable<string>): SQL {
  return sql`select jsonb_array_elements_text(${JSON.stringify([...ids])}::jsonb) as id`;
}

/**
 * Joins rows one by one through an index: `offset 0` keeps the planner, which knows nothing of how long a list is, from
 * reading whole tables.
 */
export function eachOf(table: PgTable, alias: string, match: string): SQL {
  return sql`cross join lateral (select * from ${table} where ${sql.raw(match)} offset 0) ${sql.raw(alias)}`;
}
