import { expect, test } from "vitest";
import { databaseFault } from "../../../db/errors.ts";
import { rebuildDerived } from "../../../db/upserts/kernelci/derived/rebuild.ts";
import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { between, seeded } from "../../faults/random.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { countsOf } from "./counts-model.ts";
import { derivedRows, emptyTables, keptCounts, storedObjects, testsOutOfBounds } from "./derived-tables.ts";
import { madeSubmission } from "./made-submissions.ts";

const scratch = scratchDatabase();
const DEADLOCK = "40P01";
const STEPS = 40;
const SEEDS = [1, 2, 3];

async function store(...objects: Objects[]): Promise<void> {
  const submissions = objects.map((one) => ({ receiptId: newReceiptId(), objects: one }));
  for (let tries = 1; ; tries += 1)
    try {
      return await scratch().db.transaction((tx) => storeSubmissions(tx, submissions));
    } catch (error) {
      // As the consumer does: only a test that is new under two builds at once ends so.
      if (databaseFault(error)?.code !== DEADLOCK || tries === 20) throw error;
    }
}

async function expectRecounted(step: string): Promise<void> {
  const { pool } = scratch();
  expect(await keptCounts(pool), step).toEqual(countsOf(await storedObjects(pool)));
  expect(await testsOutOfBounds(pool), step).toBe(0);
}

test.each(SEEDS)(
  "counts are those of a recount after every submission, seed %i",
  { timeout: 120_000 },
  async (seed) => {
    const { pool } = scratch();
    await emptyTables(pool);
    const random = seeded(seed);
    for (let step = 1; step <= STEPS; step += 1) {
      await store(...Array.from({ length: between(random, 1, 3) }, () => madeSubmission(random)));
      await expectRecounted(`seed ${seed}, step ${step}`);
    }
  },
);

test.each(SEEDS)("and after submissions at the same time, seed %i", { timeout: 120_000 }, async (seed) => {
  const { pool } = scratch();
  await emptyTables(pool);
  const random = seeded(1_000 + seed);
  for (let step = 1; step <= STEPS; step += 1) {
    const batches = Array.from({ length: 4 }, () => [madeSubmission(random), madeSubmission(random)]);
    await Promise.all(batches.map((batch) => store(...batch)));
    await expectRecounted(`seed ${seed}, step ${step}`);
  }
});

test("a rebuild changes no row that submissions made, and mends what something else broke", async () => {
  const { pool, db } = scratch();
  await emptyTables(pool);
  const random = seeded(77);
  for (let step = 1; step <= STEPS; step += 1) await store(madeSubmission(random));
  const kept = await derivedRows(pool);
  await db.transaction((tx) => rebuildDerived(tx));
  expect(await derivedRows(pool)).toEqual(kept);
  await pool.query("update kernelci.tree_tests_rollup set pass_tests = pass_tests + 1");
  await pool.query("update kernelci.hardware_status set boot_inc = 7");
  await pool.query("update kernelci.hardware_tests_rollup set fail_tests = fail_tests + 1");
  await pool.query("update kernelci.tree_listing set test_pass = 9");
  await pool.query("delete from kernelci.pending_test");
  await db.transaction((tx) => rebuildDerived(tx));
  expect(await derivedRows(pool)).toEqual(kept);
});
