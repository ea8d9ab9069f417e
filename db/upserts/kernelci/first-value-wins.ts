import { getTableColumns, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { idsOf } from "./derived/ids.ts";
import { type DayMove, Moves, metricFacts, movesText, type MetricTable as ObjectTable } from "./metrics/facts.ts";

const Written = Moves.extend({ ids: z.array(z.string()) });

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
 * Writes objects of one table that are stored already, no id twice (contract part 02, upsert rule): a nullable column keeps
 * the first value it ever had, one that cannot be null never changes, and the time of ingestion is that of the newest
 * submission. Rows are locked before, so that what they counted for is what they stop counting for; returns those moves.
 */
export async function upsertFirstValues<T extends ObjectTable>(
  tx: Database,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<DayMove[]> {
  const changes = changesOf(table);
  const moves: DayMove[] = [];
  for (const part of inStatements(rows)) {
    const moved = await onlyRow(
      tx,
      Moves,
      sql`
      with old as materialized (
        select ${metricFacts(table)} from (${idsOf(part.map(({ id }) => id))}) as given
        cross join lateral (select * from ${table} where id = given.id for update) stored
      ),
      written as (
        ${insertFrom(table, submittedColumns(table, part), part)} where (select count(*) from old) >= 0
        on conflict (id) do update set ${changes} returning ${metricFacts(table)}
      )
      select ${movesText([
        [sql`written`, 1],
        [sql`old`, -1],
      ])} as moves`,
    );
    moves.push(...moved.moves);
  }
  return moves;
}

/**
 * Writes the objects that are not stored yet, no id given twice; waits for others that write them too. Returns their ids,
 * and what they count for by day.
 */
export async function insertNew<T extends ObjectTable>(
  tx: Database,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<{ ids: Set<string>; moves: DayMove[] }> {
  const ids = new Set<string>();
  const moves: DayMove[] = [];
  for (const part of inStatements(rows)) {
    const written = await onlyRow(
      tx,
      Written,
      sql`
      with written as (
        ${insertFrom(table, submittedColumns(table, part), part)} on conflict (id) do nothing
        returning id, ${metricFacts(table)}
      )
      select (select coalesce(json_agg(id), '[]') from written) as ids, ${movesText([[sql`written`, 1]])} as moves`,
    );
    for (const id of written.ids) ids.add(id);
    moves.push(...written.moves);
  }
  return { ids, moves };
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
