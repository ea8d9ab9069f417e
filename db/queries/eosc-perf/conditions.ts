import { type SQL, sql } from "drizzle-orm";

/** `<column> = <value>` for each value that is given; keys name columns in `columns`. */
export function equalTo<K extends string>(
  columns: Readonly<Record<K, SQL>>,
  given: Readonly<Partial<Record<K, string | undefined>>>,
): SQL[] {
  const keys = Object.keys(columns) as K[]; // Object.keys forgets its keys' type.
  return keys.flatMap((key) => (given[key] === undefined ? [] : [sql`${columns[key]} = ${given[key]}`]));
}

/** Strictly before and after midnight at the beginning of a day (contract section 1.6); days as YYYY-MM-DD. */
export function betweenDays(column: SQL, before: string | undefined, after: string | undefined): SQL[] {
  return [
    ...(before === undefined ? [] : [sql`${column} < ${before}::date`]),
    ...(after === undefined ? [] : [sql`${column} > ${after}::date`]),
  ];
}

/** Every term is part of one of the columns: `like '%term%'`, wildcards in a term included (contract section 1.5). */
export function matchesTerms(columns: readonly SQL[], terms: readonly string[]): SQL[] {
  if (terms.length === 0) return [];
  const anyColumn = sql.join(
    columns.map((column) => sql`coalesce(${column} like '%' || term || '%', false)`),
    sql` or `,
  );
  return [
    sql`not exists (select from jsonb_array_elements_text(${JSON.stringify(terms)}::jsonb) as term where not (${anyColumn}))`,
  ];
}
