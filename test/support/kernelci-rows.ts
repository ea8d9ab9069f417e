import { randomUUID } from "node:crypto";
import type { Pool } from "pg";

/** Objects of one test's own, as they stand in the tables: one checkout, a build and a test unless said otherwise. */
export type OwnObjects = { origin: string; checkoutId: string; buildId: string; testId: string };

type Row = Record<string, unknown>;

/** Writes rows of one table; documents and lists as JSON values. */
export async function insertRows(pool: Pool, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => `"${name}"`).join(", ");
  await pool.query(
    `insert into kernelci.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::kernelci.${table}, $1)`,
    [JSON.stringify(rows)],
  );
}

/** A checkout with a build and a test of an origin that nobody else has. */
export async function ownObjects(
  pool: Pool,
  change: { checkout?: Row; build?: Row; test?: Row } = {},
): Promise<OwnObjects> {
  const origin = `o${randomUUID().replaceAll("-", "")}`;
  const [checkoutId, buildId, testId] = [`${origin}:c`, `${origin}:b`, `${origin}:t`];
  const stored = { origin, _timestamp: "2025-05-01T00:00:00Z", start_time: "2025-05-01T10:00:00Z" };
  const place = {
    tree_name: "own",
    git_repository_url: `https://example.org/${origin}.git`,
    git_repository_branch: "main",
  };
  await insertRows(pool, "checkouts", [
    { id: checkoutId, ...stored, ...place, git_commit_hash: "c0ffee", ...change.checkout },
  ]);
  await insertRows(pool, "builds", [
    { id: buildId, ...stored, checkout_id: checkoutId, config_name: "defconfig", status: "PASS", ...change.build },
  ]);
  await insertRows(pool, "tests", [
    { id: testId, ...stored, build_id: buildId, path: "boot", status: "PASS", ...change.test },
  ]);
  return { origin, checkoutId, buildId, testId };
}
