import { expect, test } from "vitest";
import { ingestedBetween } from "../../../db/queries/kernelci/metrics.ts";
import { rebuildDerived } from "../../../db/upserts/kernelci/derived/rebuild.ts";
import { rowsRead } from "../../support/rows-read.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();

/** So many builds of twenty tests, two of them with an incident, spread over the last fortnight. */
async function store(builds: number): Promise<void> {
  const { pool, db } = scratch();
  await pool.query("truncate kernelci.builds, kernelci.tests, kernelci.issues, kernelci.incidents");
  await pool.query(`
    insert into kernelci.builds (_timestamp, id, origin, checkout_id)
    select now() - n % 14 * interval '1 day', 'b' || n, 'maestro', 'c' from generate_series(1, ${builds}) n;
    insert into kernelci.tests (_timestamp, id, origin, build_id, path, misc)
    select b._timestamp, b.id || '-' || n, 'maestro', b.id, 'suite.' || n, jsonb_build_object('runtime', 'lab' || n % 4)
    from kernelci.builds b, generate_series(1, 20) n;
    insert into kernelci.issues (_timestamp, id, origin, version) select now(), 'i' || n, 'maestro', 1 from generate_series(1, 10) n;
    insert into kernelci.incidents (_timestamp, id, origin, issue_id, issue_version, build_id)
    select _timestamp, 'n' || id || n, 'maestro', 'i' || 1 + abs(hashtext(id)) % 10, 1, id
    from kernelci.builds, generate_series(1, 2) n`);
  await db.transaction((tx) => rebuildDerived(tx));
  await pool.query("vacuum analyze");
}

const cost = () => rowsRead(scratch().db, (db) => ingestedBetween(db, { startDaysAgo: 7, endDaysAgo: 0 }));

test("a week reads as many rows whether it holds 10,000 tests or 100,000", async () => {
  await store(500);
  const few = await cost();
  await store(5_000);
  const many = await cost();
  const { metrics_by_day: rows = 0, issues: known = 0, incidents: looked = 0, ...others } = many;
  expect([others, looked]).toEqual([{}, 0]);
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeLessThanOrEqual(1.1 * (few.metrics_by_day ?? 0));
  expect(known).toBeLessThanOrEqual(200);
});
