import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** Rows of one statement; a longer list is cut, so that no statement carries more. */
const ROWS_PER_STATEMENT = 2_000;

type Columns<T extends PgTable> = keyof T["$inferInsert"] & string;

/**
 * `insert into <table> (<columns>) select … from jsonb_to_recordset($1)`: a whole list as one parameter, in the order
 * given. Names and types come from the Drizzle table, so that the schema stays the only source. `computed` replaces
 * single columns by an expression over `given`.
 */
export function insertFrom<T extends PgTable, C extends Columns<T>>(
  table: T,
  columns: readonly C[],
  rows: readonly Pick<T["$inferInsert"], C>[],
  computed: Partial<Record<C, SQL>> = {},
): SQL {
  const defined = getTableColumns(table);
  const picked = columns.map((key) => {
    const column = defined[key];
    if (column === undefined) throw new TypeError(`no column ${key}`);
    return { key, name: sql.identifier(column.name), type: sql.raw(column.getSQLType()) };
  });
  const names = sql.join(
    picked.map(({ name }) => name),
    sql`, `,
  );
  const keys = sql.join(
    picked.map(({ key }) => computed[key] ?? sql.identifier(key)),
    sql`, `,
  );
  const types = sql.join(
    picked.map(({ key, type }) => sql`${sql.identifier(key)} ${type}`),
    sql`, `,
  );
  return sql`insert into ${table} (${names}) select ${keys} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(${types})`;
}

/** Cuts a list into statements' worth of rows. */
export function* inStatements<R>(rows: readonly R[]): Generator<readonly R[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) yield rows.slice(at, at + ROWS_PER_STATEMENT);
}

/** `column = excluded.column` for each key given. */
export function fromExcluded<T extends PgTable>(table: T, columns: readonly Columns<T>[]): SQL {
  const defined = getTableColumns(table);
  const parts = columns.map((key) => {
    const name = sql.identifier(defined[key]?.name ?? key);
    return sql`${name} = excluded.${name}`;
  });
  return sql.join(parts, sql`, `);
}
