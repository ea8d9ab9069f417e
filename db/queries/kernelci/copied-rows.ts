import { getTableColumns, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import { builds, checkouts, incidents, issues, tests } from "../../schema/index.ts";

const TABLES = { checkouts, builds, tests, issues, incidents } as const;

export type CopiedTable = keyof typeof TABLES;

/** Where a database has the five tables: ours, or the original's (contract part 03). */
export type Layout = "kernelci" | "public";

const Place = z.object({ at: z.string(), id: z.string() });
/** A place in the order of rows: time of ingestion, then id. */
export type Place = z.infer<typeof Place>;

const CopiedRow = Place.extend({ row: z.string() });
const Column = z.object({ place: z.string() });
const Total = z.object({ total: z.coerce.number() });

/** Finds the layout of a database. Throws when it is neither, or when a column is missing. */
export async function layoutOf(db: Database): Promise<Layout> {
  const columns = await rows(
    db,
    Column,
    sql`select concat_ws('.', table_schema, table_name, column_name) as place from information_schema.columns
      where table_schema in ('kernelci', 'public') and table_name in ('checkouts', 'builds', 'tests', 'issues', 'incidents')`,
  );
  const there = new Set(columns.map(({ place }) => place));
  const layout = (["kernelci", "public"] as const).find((name) => there.has(`${name}.checkouts.id`));
  if (layout === undefined) throw new Error("The database has no table checkouts, neither in kernelci nor in public.");
  for (const [table, ours] of Object.entries(TABLES))
    for (const { name } of writable(ours))
      if (!there.has(`${layout}.${table}.${name}`)) throw new Error(`${layout}.${table} has no column ${name}.`);
  return layout;
}

export async function countToCopy(db: Database, layout: Layout, table: CopiedTable, since: string): Promise<number> {
  const { total } = await onlyRow(
    db,
    Total,
    sql`select count(*) as total from ${named(layout, table)} where _timestamp >= ${since}::timestamptz`,
  );
  return total;
}

/** The next rows of a table in the order of their ingestion: each as a JSON text keyed as our own rows are. */
export async function rowsToCopy(
  db: Database,
  from: { layout: Layout; table: CopiedTable; since: string; after: Place | undefined },
  limit: number,
): Promise<z.infer<typeof CopiedRow>[]> {
  const { layout, table, since, after } = from;
  const columns = writable(TABLES[table]).map(
    ({ key, name }) => sql`${sql.identifier(name)} as ${sql.identifier(key)}`,
  );
  const next =
    after === undefined
      ? sql`_timestamp >= ${since}::timestamptz`
      : sql`_timestamp >= ${after.at}::timestamptz and (_timestamp, id) > (${after.at}::timestamptz, ${after.id}::text)`;
  return await rows(
    db,
    CopiedRow,
    sql`select page.id, page."ingestedAt"::text as at, row_to_json(page)::text as row from (
      select ${sql.join(columns, sql`, `)} from ${named(layout, table)} where ${next} order by _timestamp, id limit ${limit}
    ) as page order by page."ingestedAt", page.id`,
  );
}

function writable(table: (typeof TABLES)[CopiedTable]): { key: string; name: string }[] {
  const columns = Object.entries(getTableColumns(table)).filter(([, { generated }]) => generated === undefined);
  return columns.map(([key, { name }]) => ({ key, name }));
}

const named = (layout: Layout, table: CopiedTable): SQL => sql`${sql.identifier(layout)}.${sql.identifier(table)}`;
