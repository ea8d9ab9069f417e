import type { Pool } from "pg";

/** Rows of each table of the source as texts, sorted. */
export type DerivedRows = ReadonlyMap<string, readonly string[]>;

export type Source = keyof typeof SOURCES;

/** Of each source: tables that the load must reach, so that equal is never merely empty, and what differs between two ways to the same state. */
const SOURCES = {
  github: {
    reached: ["repos", "branches", "commits", "branch_commits", "workflows", "attempts", "runs", "jobs", "pulls"],
    // Row numbers, and the receipts that arrival is told by.
    incidental: ["id", "arrival", "evidence"],
    skipped: [],
  },
  kernelci: {
    reached: [
      "checkouts",
      "builds",
      "tests",
      "issues",
      "incidents",
      "tree_listing",
      "hardware_status",
      "tree_tests_rollup",
    ],
    incidental: ["_timestamp"],
    // Counted by submissions, of which a load may send several of the same.
    skipped: ["submission_counts"],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** Reads every table of the source, without what only tells how the rows came about. */
export async function derivedRows(pool: Pool, source: Source): Promise<DerivedRows> {
  const { incidental, skipped } = SOURCES[source];
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = $1 and table_type = 'BASE TABLE' and table_name <> all ($2)`,
    [source, skipped],
  );
  const read = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    // A counter that went up and down again says the same as none; numbers of rows are counted up by every attempt.
    const { rows } = await pool.query<{ row: string }>(
      `select (r - $1::text[] - case when jsonb_typeof(r->'id') = 'number' and $2 = 'kernelci' then 'id' else '' end)::text as row
        from (select to_jsonb(t) as r from ${source}.${name} t) as rows where r->>'total' is distinct from '0'`,
      [incidental, source],
    );
    read.set(name, rows.map(({ row }) => row).sort());
  }
  return read;
}

/** Tables that should hold rows and don't. */
export function unreached(rows: DerivedRows, source: Source): string[] {
  return SOURCES[source].reached.filter((table) => (rows.get(table)?.length ?? 0) === 0);
}
