import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { databaseFault } from "../../../db/errors.ts";
import type { NewBuild, NewCheckout, NewIncident, NewTest, Objects } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { countsOf } from "./counts-model.ts";
import { emptyTables, keptCounts, storedObjects } from "./derived-tables.ts";

const scratch = scratchDatabase();
const ORIGIN = "maestro";

const checkout = (given: Partial<NewCheckout> = {}): NewCheckout => ({
  id: "m:c",
  origin: ORIGIN,
  startTime: "2025-03-10T00:00:00Z",
  ...given,
});
const build = (given: Partial<NewBuild> = {}): NewBuild => ({
  id: "m:b",
  origin: ORIGIN,
  checkoutId: "m:c",
  ...given,
});
const run = (id: string, given: Partial<NewTest> = {}): NewTest => ({
  id,
  origin: ORIGIN,
  buildId: "m:b",
  path: "boot",
  status: "FAIL",
  environmentMisc: { platform: "p" },
  ...given,
});
const incident = (id: string, issueId: string): NewIncident => ({
  id,
  origin: ORIGIN,
  issueId,
  issueVersion: 1,
  testId: "m:t",
});
const sent = (objects: Partial<Objects>): Objects => ({
  checkouts: [],
  builds: [],
  tests: [],
  issues: [],
  incidents: [],
  ...objects,
});

const parents = { checkouts: [checkout()], builds: [build()] };

/** What is stored before, and two submissions that meet. */
const MEETINGS: readonly (readonly [string, Partial<Objects>, Partial<Objects>, Partial<Objects>])[] = [
  ["a checkout and its build", {}, { checkouts: [checkout()] }, { builds: [build()] }],
  ["a build and its test", { checkouts: [checkout()] }, { builds: [build()] }, { tests: [run("m:t")] }],
  ["a checkout and a test below", { builds: [build()] }, { checkouts: [checkout()] }, { tests: [run("m:t")] }],
  ["the first two tests of a platform", parents, { tests: [run("m:t")] }, { tests: [run("m:u")] }],
  ["the same test twice", parents, { tests: [run("m:t")] }, { tests: [run("m:t", { status: "PASS" })] }],
  [
    "the same test under two builds",
    { checkouts: [checkout()], builds: [build(), build({ id: "m:d" })] },
    { tests: [run("m:t")] },
    { tests: [run("m:t", { buildId: "m:d" })] },
  ],
  ["a test and its incident", parents, { tests: [run("m:t")] }, { incidents: [incident("m:i", "m:x")] }],
  [
    "two incidents of a test",
    { ...parents, tests: [run("m:t")] },
    { incidents: [incident("m:i", "m:x")] },
    { incidents: [incident("m:h", "m:y")] },
  ],
  [
    "a configuration that comes late and a test",
    parents,
    { builds: [build({ configName: "defconfig", status: "PASS" })] },
    { tests: [run("m:t")] },
  ],
  [
    "a configuration that comes late and an incident",
    { ...parents, tests: [run("m:t")] },
    { builds: [build({ configName: "defconfig" })] },
    { incidents: [incident("m:i", "m:x")] },
  ],
  [
    "a tree name that comes late and a test",
    parents,
    { checkouts: [checkout({ treeName: "mainline" })] },
    { tests: [run("m:t")] },
  ],
  [
    "a tree name that comes late and a corrected test",
    { ...parents, tests: [run("m:t", { status: undefined })] },
    { checkouts: [checkout({ treeName: "mainline" })] },
    { tests: [run("m:t")] },
  ],
];

const bothWays = MEETINGS.flatMap(([name, before, one, other]) => [
  [name, before, one, other] as const,
  [`${name}, the other first`, before, other, one] as const,
]);

test.each(bothWays)("%s, not seeing each other: counts are those of a recount", async (_, before, one, other) => {
  const { pool } = scratch();
  await emptyTables(pool);
  await store(sent(before));
  await atOnce(sent(one), sent(other));
  expect(await keptCounts(pool)).toEqual(countsOf(await storedObjects(pool)));
});

/** The first has stored and not committed while the second stores, as far as it gets. */
async function atOnce(one: Objects, other: Objects): Promise<void> {
  const stored = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const first = store(one, async () => {
    stored.resolve();
    await release.promise;
  });
  await Promise.race([stored.promise, first]);
  let isDone = false;
  const second = store(other).finally(() => {
    isDone = true;
  });
  while (!isDone && !(await someoneWaits())) await sleep(10);
  release.resolve();
  await Promise.all([first, second]);
}

async function someoneWaits(): Promise<boolean> {
  const { rowCount } = await scratch().pool.query(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rowCount !== 0;
}

async function store(objects: Objects, beforeCommit: () => Promise<void> = async () => {}): Promise<void> {
  for (;;)
    try {
      return await scratch().db.transaction(async (tx) => {
        await storeSubmissions(tx, [{ receiptId: newReceiptId(), objects }]);
        await beforeCommit();
      });
    } catch (error) {
      // A deadlock is tried again, as the consumer does.
      if (databaseFault(error)?.code !== "40P01") throw error;
    }
}
