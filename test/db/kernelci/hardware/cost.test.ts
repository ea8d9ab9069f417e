import { beforeAll, expect, test } from "vitest";
import { fill } from "../../../../cli/kernelci/fill.ts";
import type { Database } from "../../../../db/client.ts";
import { listHardwareBuilds } from "../../../../db/queries/kernelci/hardware/builds.ts";
import { findHardware } from "../../../../db/queries/kernelci/hardware/full.ts";
import { summarizeHardware } from "../../../../db/queries/kernelci/hardware/summary.ts";
import { listHardwareTests } from "../../../../db/queries/kernelci/hardware/tests.ts";
import { noFilters } from "../../../../functions/edge/kernelci/http/filters.ts";
import { rowsRead } from "../../../support/rows-read.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();

/** 20 checkouts of 2 trees, each of 10 builds with 20 tests; a board runs two builds of each checkout. */
beforeAll(async () => {
  await fill(scratch().db, { trees: 2, checkouts: 10, builds: 10, tests: 20 });
  await scratch().pool.query("vacuum analyze");
}, 60_000);

const DAY = 86_400_000;
const isoDaysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const question = {
  ...{ hardware: "bcm2711-rpi-4-b", origin: "maestro", selected: {} },
  ...{ since: isoDaysAgo(30), until: isoDaysAgo(-1) },
};
const filters = noFilters();
const byDuration = { ...filters, test: { ...filters.test, duration: { least: 1, most: undefined } } };

/** Tests that a page may look at: those of the board in both heads are 80. */
const PAGES: Record<string, [ask: (db: Database) => Promise<unknown>, tests: number]> = {
  "a summary": [(db) => summarizeHardware(db, question, filters), 0],
  "a summary by duration": [(db) => summarizeHardware(db, question, byDuration), 160],
  everything: [(db) => findHardware(db, question, filters), 80],
  builds: [(db) => listHardwareBuilds(db, question, filters), 80],
  tests: [(db) => listHardwareTests(db, question, filters, { kind: "tests", whole: false }), 80],
};

test.each(Object.entries(PAGES))("%s: only tests of the hardware are looked at", async (_, [ask, most]) => {
  const read = await rowsRead(scratch().db, ask);
  expect(read.tests ?? 0, JSON.stringify(read)).toBeLessThanOrEqual(most);
});
