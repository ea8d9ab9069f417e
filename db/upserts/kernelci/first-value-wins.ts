import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import type { builds, checkouts, incidents, issues, tests } from "../../schema/index.ts";
import { listIds } from "./derived/ids.ts";

type ObjectTable = typeof checkouts | typeof builds | typeof tests | typeof issues | typeof incidents;
type Columns<T extends ObjectTable> = keyof T["$inferInsert"] & string;

/** One row for each id, sorted by it: the first value of each field wins, later rows fill its gaps. */
export function foldedById<R extends { id: string }>(rows: readonly R[]): R[] {
  const folded = new Map<string, R>();
  for (const row of rows) {
    const first = folded.get(row.id);
    folded.set(row.id, first === undefined ? row : filled(first, row));
  }
  return [...folded.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function filled<R extends object>(first: R, later: R): R {
  const given = Object.entries(first).filter(([, value]) => value !== null && value !== undefined);
  return { ...later, ...Object.fromEntries(given) };
}

/**
 * Writes objects of one table, no id twice (contract part 02, upsert rule): a nullable column keeps the first value it
 * ever had, one that cannot be null never changes, and the time of ingestion is that of the newest submission.
 */
export async function upsertFirstValues<T extends ObjectTable>(
  tx: Database,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  const changes = changesOf(table);
  for (const part of inStatements(rows))
    await tx.execute(
      sql`${insertFrom(table, submittedColumns(table, part), part)} on conflict (id) do update set ${changes}`,
    );
}

/** Writes the objects that are not stored yet, no id given twice, and returns their ids; waits for others that write them too. */
export async function insertNew<T extends ObjectTable>(
  tx: Database,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const part of inStatements(rows)) {
    const insert = insertFrom(table, submittedColumns(table, part), part);
    for (const id of await listIds(tx, sql`${insert} on conflict (id) do nothing returning id`)) ids.add(id);
  }
  return ids;
}

/** What rows say of an object: nothing that is generated, nor when it came, unless they are a copy. */
function submittedColumns<T extends ObjectTable>(table: T, rows: readonly T["$inferInsert"][]): Columns<T>[] {
  const columns = Object.entries(getTableColumns(table));
  const isCopy = typeof rows[0]?.ingestedAt === "string";
  const names = columns.filter(([key, { generated }]) => (isCopy || key !== "ingestedAt") && generated === undefined);
  // Object.entries forgets which keys a table has.
  return names.map(([key]) => key as Columns<T>);
}

function changesOf(table: ObjectTable): SQL {
  const columns = Object.values(getTableColumns(table)).filter((column) => !column.notNull && !column.generated);
  const changes = columns.map((column) => {
    const name = sql.identifier(column.name);
    const rule = column.name === "_timestamp" ? sql`greatest` : sql`coalesce`;
    return sql`${name} = ${rule}(${column}, excluded.${name})`;
  });
  return sql.join(changes, sql`, `);
}
