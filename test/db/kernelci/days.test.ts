import type { Pool } from "pg";
import { beforeEach, expect, test } from "vitest";
import { databaseFault } from "../../../db/errors.ts";
import { ingestedBetween } from "../../../db/queries/kernelci/metrics.ts";
import { rebuildDerived } from "../../../db/upserts/kernelci/derived/rebuild.ts";
import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { pruneBatch } from "../../../db/upserts/kernelci/prune.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { seeded } from "../../faults/random.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { type AllObjects, datedSubmission, expectedMetrics } from "./days-model.ts";
import { emptyTables } from "./derived-tables.ts";

const scratch = scratchDatabase();
const DEADLOCK = "40P01";
const INTERVALS = [
  [1, 0],
  [2, 1],
  [3, 0],
  [7, 2],
  [30, 0],
] as const;
const TABLES = ["checkouts", "builds", "tests", "issues", "incidents"] as const;

beforeEach(() => emptyTables(scratch().pool));

/** Each batch holds copied objects only, or submitted ones only, as in a transaction of the consumer or of a copy. */
async function store(objects: Objects): Promise<void> {
  for (;;)
    try {
      return await scratch().db.transaction((tx) => storeSubmissions(tx, [{ receiptId: newReceiptId(), objects }]));
    } catch (error) {
      if (databaseFault(error)?.code !== DEADLOCK) throw error;
    }
}

async function allObjects(pool: Pool): Promise<AllObjects> {
  const found: AllObjects = { checkouts: [], builds: [], tests: [], issues: [], incidents: [] };
  for (const table of TABLES) {
    const { rows } = await pool.query(`select to_jsonb(r) as row from kernelci.${table} r`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** The roll-ups, slots added up and groups of nothing left out. */
async function keptDays(pool: Pool): Promise<unknown> {
  const group = "day::text, what, name, issue_id, issue_version, previous_day::text";
  const { rows } = await pool.query(`select ${group}, sum(total) as total from kernelci.metrics_by_day
    group by ${group} having sum(total) <> 0 order by ${group}`);
  const labs = await pool.query("select * from kernelci.metrics_lab_builds order by build_id, lab, day");
  return { days: rows, labs: labs.rows };
}

async function expectRecounted(step: string): Promise<void> {
  const { pool, db } = scratch();
  const stored = await allObjects(pool);
  for (const [start, end] of INTERVALS) {
    const text = await ingestedBetween(db, { startDaysAgo: start, endDaysAgo: end });
    expect(JSON.parse(text), `${step}, ${start} to ${end} days ago`).toEqual(expectedMetrics(stored, start, end));
  }
  const kept = await keptDays(pool);
  await db.transaction((tx) => rebuildDerived(tx));
  expect(await keptDays(pool), step).toEqual(kept);
}

test.each([1, 2, 3])("roll-ups by day are those of a recount after every submission, seed %i", async (seed) => {
  const random = seeded(seed);
  for (let step = 1; step <= 40; step += 1) {
    await store(datedSubmission(random));
    await expectRecounted(`step ${step}`);
  }
});

test.each([1, 2])("and after submissions at the same time, seed %i", async (seed) => {
  const random = seeded(1_000 + seed);
  for (let step = 1; step <= 25; step += 1) {
    await Promise.all(Array.from({ length: 5 }, () => store(datedSubmission(random))));
    await expectRecounted(`step ${step}`);
  }
});

test("what is pruned is counted out of its days", async () => {
  const { db, pool } = scratch();
  const random = seeded(5);
  for (let step = 1; step <= 20; step += 1) await store(datedSubmission(random));
  const before = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const pruning = {
    before,
    origins: undefined,
    tables: ["checkouts", "builds", "tests"] as const,
    keepsIncidents: false,
  };
  let gone = 0;
  for (const table of pruning.tables) {
    const ids = (await allObjects(pool))[table].map(({ id }) => String(id));
    for (let went = 1; went > 0; gone += went) {
      const counts = await db.transaction((tx) => pruneBatch(tx, pruning, { table, ids }, 3));
      went = counts.checkouts + counts.builds + counts.tests;
      await expectRecounted(`${table}, ${went} gone`);
    }
  }
  expect(gone).toBeGreaterThan(5);
});

test("a rebuild mends what something else broke", async () => {
  const { db, pool } = scratch();
  const random = seeded(9);
  for (let step = 1; step <= 10; step += 1) await store(datedSubmission(random));
  const kept = await keptDays(pool);
  await pool.query("update kernelci.metrics_by_day set total = total + 1");
  await pool.query("delete from kernelci.metrics_lab_builds");
  expect(await keptDays(pool)).not.toEqual(kept);
  await db.transaction((tx) => rebuildDerived(tx));
  expect(await keptDays(pool)).toEqual(kept);
});
