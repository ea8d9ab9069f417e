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
  const names: string[] = [];
  const types: string[] = [];
  for (const key of columns) {
    const column = defined[key];
    if (column === undefined) throw new TypeError(`no column ${key}`);
    names.push(quoted(column.name));
    types.push(`${quoted(key)} ${column.getSQLType()}`);
  }
  const isPlain = Object.keys(computed).length === 0;
  const keys = isPlain
    ? sql.raw(columns.map(quoted).join(", "))
    : sql.join(
        columns.map((key) => computed[key] ?? sql.identifier(key)),
        sql`, `,
      );
  return sql`insert into ${table} (${sql.raw(names.join(", "))}) select ${keys} from jsonb_to_recordset(${jsonOfRows(rows)}::jsonb) as given(${sql.raw(types.join(", "))})`;
}

/** A double holds most ids; those that only a bigint does are printed in full. */
function jsonOfRows(rows: readonly object[]): string {
  const isBig = (value: unknown) => typeof value === "bigint";
  const printed = (row: object) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, isBig(value) ? String(value) : value]));
  return JSON.stringify(rows.map((row) => (Object.values(row).some(isBig) ? printed(row) : row)));
}

/** Rows as a relation with the columns of a table, for statements that read them in the table's place. */
export function relationOf<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([key, { name }]) => `${quoted(key)} as ${quoted(name)}`);
  const types = columns.map(([key, column]) => `${quoted(key)} ${column.getSQLType()}`);
  return sql`(select ${sql.raw(names.join(", "))} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(${sql.raw(types.join(", "))}))`;
}

/** Lists are put together as text: as one SQL chunk a name they cost more to build than a small batch does to write. */
const quoted = (name: string) => `"${name}"`;

/** Cuts a list into statements' worth of rows. */
export function* inStatements<R>(rows: readonly R[]): Generator<readonly R[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) yield rows.slice(at, at + ROWS_PER_STATEMENT);
}

/** `column = excluded.column` for each key given. */
export function fromExcluded<T extends PgTable>(table: T, columns: readonly Columns<T>[]): SQL {
  const defined = getTableColumns(table);
  const names = columns.map((key) => quoted(defined[key]?.name ?? key));
  return sql.raw(names.map((name) => `${name} = excluded.${name}`).join(", "));
}
