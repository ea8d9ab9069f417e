import type { Pool } from "pg";

/** Rows of each table of the source as texts, sorted. */
export type DerivedRows = ReadonlyMap<string, readonly string[]>;

/** Tables that the load must reach, so that equal is never merely empty. */
const REACHED = ["repos", "branches", "commits", "branch_commits", "workflows", "attempts", "runs", "jobs", "pulls"];

/** What differs between two ways to the same state: row numbers, and the receipts that arrival is told by. */
const INCIDENTAL = "{id,arrival,evidence}";

/** Reads every table of the source, without what only tells how the rows came about. */
export async function derivedRows(pool: Pool): Promise<DerivedRows> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'github' and table_type = 'BASE TABLE'",
  );
  const read = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    // A counter that went up and down again says the same as none.
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from github.${name} t where to_jsonb(t)->>'total' is distinct from '0'`,
      [INCIDENTAL],
    );
    read.set(name, rows.map(({ row }) => row).sort());
  }
  return read;
}

/** Tables that should hold rows and don't. */
export function unreached(rows: DerivedRows): string[] {
  return REACHED.filter((table) => (rows.get(table)?.length ?? 0) === 0);
}

/** The rows that only one side has, table by table; no lines when both are equal. */
export function differences(found: DerivedRows, wanted: DerivedRows): string[] {
  return [...wanted].flatMap(([table, rows]) => {
    const others = found.get(table) ?? [];
    const missing = onlyIn(rows, others);
    const extra = onlyIn(others, rows);
    return [
      ...missing.map((row) => `${table} lacks ${row.slice(0, 400)}`),
      ...extra.map((row) => `${table} has ${row.slice(0, 400)}`),
    ];
  });
}

function onlyIn(rows: readonly string[], others: readonly string[]): string[] {
  const known = new Map<string, number>();
  for (const row of others) known.set(row, (known.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const left = known.get(row) ?? 0;
    known.set(row, left - 1);
    return left <= 0;
  });
}

/** Counters of run lists that a recount of the runs does not confirm. */
export async function wrongCounts(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ row: string }>(`
    with recounted as (
      select repo_id, dimension, value, count(*) as total
      from github.runs cross join lateral (values
        ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
      ) as counted(dimension, value)
      where value is not null group by repo_id, dimension, value
    )
    select to_jsonb(c)::text as row
    from (select * from github.run_counts where total <> 0) as kept
    full join recounted using (repo_id, dimension, value)
    cross join lateral (select repo_id, dimension, value, kept.total as kept, recounted.total as recounted) as c
    where kept.total is distinct from recounted.total`);
  return rows.map(({ row }) => `run_counts and a recount differ: ${row}`);
}
