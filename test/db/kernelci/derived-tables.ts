import type { Pool, PoolClient } from "pg";
import { byText, type Counts, type StoredObjects } from "./counts-model.ts";

const RAW = ["checkouts", "builds", "tests", "incidents"] as const;
const BY_DAY = ["metrics_by_day", "metrics_lab_builds"];
const DERIVED = [
  "latest_checkout",
  "tree_listing",
  "hardware_status",
  "tree_tests_rollup",
  "pending_test",
  "pending_builds",
];

type Row = Record<string, unknown>;

/** The stored objects, as JSON. */
export async function storedObjects(pool: Pool | PoolClient): Promise<StoredObjects> {
  const found: StoredObjects = { checkouts: [], builds: [], tests: [], incidents: [] };
  for (const table of RAW) found[table] = await rowsOf(pool, table);
  return found;
}

/** The counts that the derived tables hold, zeros left out. */
export async function keptCounts(pool: Pool | PoolClient): Promise<Counts> {
  const hardware = await rowsOf(pool, "hardware_status");
  const listing = await rowsOf(pool, "tree_listing");
  return {
    rollup: (await rowsOf(pool, "tree_tests_rollup")).map(withoutZeros(["id"])).sort(byText),
    hardware: hardware.map(withoutZeros(["compatibles", "start_time"])).sort(byText),
    listing: listing
      .map(withoutZeros(["id", "checkout_id", "start_time", "git_commit_name", "git_commit_tags"]))
      .filter((row) => Object.keys(row).length > 5)
      .sort(byText),
    waitingTests: (await rowsOf(pool, "pending_test")).sort(byText),
    waitingBuilds: (await rowsOf(pool, "pending_builds")).sort(byText),
  };
}

/** Every derived row but for its own number. */
export async function derivedRows(pool: Pool | PoolClient): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of DERIVED) found[table] = (await rowsOf(pool, table)).map(({ id: _, ...row }) => row).sort(byText);
  return found;
}

export async function emptyTables(pool: Pool): Promise<void> {
  await pool.query(
    `truncate ${[...RAW, "issues", ...DERIVED, ...BY_DAY].map((table) => `kernelci.${table}`).join(", ")}`,
  );
}

async function rowsOf(pool: Pool | PoolClient, table: string): Promise<Row[]> {
  const { rows } = await pool.query<{ row: Row }>(`select to_jsonb(r) as row from kernelci.${table} r`);
  return rows.map(({ row }) => row);
}

const withoutZeros = (dropped: readonly string[]) => (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== 0 && !dropped.includes(name)));
