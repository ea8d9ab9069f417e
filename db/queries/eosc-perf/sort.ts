import { type SQL, sql } from "drizzle-orm";

/** One key of an order. */
export type Sort<F extends string = string> = { field: F; descending: boolean };

/** `order by` terms of a closed list of columns, the first key first; `last` settles ties, so that pages never overlap. */
export function orderOf<F extends string>(
  sorts: readonly Sort<F>[],
  columns: Readonly<Record<F, SQL>>,
  last: SQL,
): SQL {
  const keys = sorts.map(({ field, descending }) => sql`${columns[field]} ${sql.raw(descending ? "desc" : "asc")}`);
  return sql.join([...keys, last], sql`, `);
}

/** A text in byte order, whatever the database's collation is. */
export const byBytes = (column: SQL) => sql`${column} collate "C"`;
