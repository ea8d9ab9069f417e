import type { Pool, PoolClient } from "pg";
import { byText, type Counts, type StoredObjects } from "./counts-model.ts";

const RAW = ["checkouts", "builds", "tests", "incidents"] as const;
const BY_DAY = ["metrics_by_day", "metrics_lab_builds"];
const DERIVED = [
  "latest_checkout",
  "tree_listing",
  "hardware_status",
  "tree_tests_rollup",
  "hardware_tests_rollup",
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
    boards: (await rowsOf(pool, "hardware_tests_rollup r join kernelci.hardware_boards k using (board)", "r.*, k.*"))
      .map(withoutZeros(["id", "board", "first_start", "last_start"]))
      .sort(byText),
    hardware: hardware.map(withoutZeros(["compatibles", "start_time"])).sort(byText),
    listing: listing
      .map(withoutZeros(["id", "checkout_id", "start_time", "git_commit_name", "git_commit_tags"]))
      .filter((row) => Object.keys(row).length > 5)
      .sort(byText),
    waitingTests: (await rowsOf(pool, "pending_test")).sort(byText),
    waitingBuilds: (await rowsOf(pool, "pending_builds")).sort(byText),
  };
}

/** Every derived row but for its own number, and for bounds, which a recount may narrow. */
export async function derivedRows(pool: Pool | PoolClient): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of DERIVED)
    found[table] = (await rowsOf(pool, table))
      .map(({ id: _, first_start: _f, last_start: _l, ...row }) => row)
      .sort(byText);
  return found;
}

export async function emptyTables(pool: Pool): Promise<void> {
  await pool.query(
    `truncate ${[...RAW, "issues", ...DERIVED, ...BY_DAY, "hardware_boards"].map((table) => `kernelci.${table}`).join(", ")}`,
  );
}

/** How many groups of a board have a test that started before or after the bounds that are kept. */
export async function testsOutOfBounds(pool: Pool | PoolClient): Promise<unknown> {
  const { rows } = await pool.query(`
    select count(*)::int as n from kernelci.tests t join kernelci.builds b on b.id = t.build_id
    join kernelci.hardware_boards k on k.platform is not distinct from t.environment_misc ->> 'platform'
      and k.compatibles is not distinct from t.environment_compatible
    join kernelci.hardware_tests_rollup r on r.build_id = b.id and r.board = k.board and r.test_origin = t.origin
      and r.test_lab is not distinct from t.misc ->> 'runtime'
      and r.is_boot is not distinct from (split_part(t.path, '.', 1) = 'boot')
    where coalesce(t.start_time, '-infinity') < r.first_start or coalesce(t.start_time, 'infinity') > r.last_start`);
  return rows[0].n;
}

async function rowsOf(pool: Pool | PoolClient, table: string, columns = "r.*"): Promise<Row[]> {
  const from = table.includes(" ") ? table : `${table} r`;
  const statement = `select to_jsonb(found) as row from (select ${columns} from kernelci.${from}) as found`;
  const { rows } = await pool.query<{ row: Row }>(statement);
  return rows.map(({ row }) => row);
}

const withoutZeros = (dropped: readonly string[]) => (row: Row) =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== 0 && !dropped.includes(name)));
