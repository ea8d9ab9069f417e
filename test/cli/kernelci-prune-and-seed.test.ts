import { expect, test } from "vitest";
import { countsOf } from "../db/kernelci/counts-model.ts";
import { derivedRows, emptyTables, keptCounts, storedObjects } from "../db/kernelci/derived-tables.ts";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";

const scratch = scratchDatabase();
const AMOUNTS = ["--trees", "2", "--checkouts", "2", "--builds", "3", "--tests", "30"];
const TIMEOUT = { timeout: 120_000 };

const command = (name: string, ...args: string[]) => kernelciCommand(name, args, { DATABASE_URL: scratch().url }).ended;

async function stored(): Promise<Record<string, number>> {
  const objects = await storedObjects(scratch().pool);
  return { checkouts: objects.checkouts.length, builds: objects.builds.length, tests: objects.tests.length };
}

test("seed stores what it is told to, by the production store; a repeat adds nothing", TIMEOUT, async () => {
  const { pool } = scratch();
  await emptyTables(pool);
  const first = await command("seed", ...AMOUNTS);
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("360 of 360 tests stored") });
  expect(await stored()).toEqual({ checkouts: 4, builds: 12, tests: 360 });
  const kept = await keptCounts(pool);
  expect(kept).toEqual(countsOf(await storedObjects(pool)));
  expect((await derivedRows(pool)).latest_checkout).toHaveLength(2);
  expect((await command("seed", ...AMOUNTS)).code).toBe(0);
  expect(await keptCounts(pool)).toEqual(kept);
});

test("seed clears only when told yes", TIMEOUT, async () => {
  const { pool } = scratch();
  await pool.query("insert into kernelci.checkouts (id, origin) values ('own:c', 'own') on conflict do nothing");
  const refused = await command("seed", "--clear", ...AMOUNTS);
  expect(refused.output).toContain("Say --yes to do it.");
  expect(refused.code).toBe(2);
  expect(await pool.query("select from kernelci.checkouts where id = 'own:c'")).toMatchObject({ rowCount: 1 });
  expect((await command("seed", "--clear", "--yes", ...AMOUNTS)).code).toBe(0);
  expect(await stored()).toEqual({ checkouts: 4, builds: 12, tests: 360 });
});

test("prune says what would go, asks, and goes through all of it", TIMEOUT, async () => {
  const { pool } = scratch();
  await emptyTables(pool);
  expect((await command("seed", ...AMOUNTS)).code).toBe(0);
  await pool.query(
    "delete from kernelci.incidents where test_id in (select id from kernelci.tests where build_id like '%-1-b%')",
  );
  await pool.query("update kernelci.checkouts set _timestamp = now() - interval '40 days' where id like '%-1'");
  await command("rebuild");
  const before = await stored();
  const dry = await command("prune", "--older-than", "30 days", "--dry-run");
  expect(dry.output).toMatch(/^Last submitted before .*: 2 checkouts, 6 builds, 180 tests\.\n$/);
  expect(dry.code).toBe(0);
  const refused = await command("prune", "--older-than", "30 days");
  expect(refused.output).toContain("Delete 2 checkouts, 6 builds, 180 tests? Say --yes to do it.");
  expect(refused.code).toBe(2);
  expect(await stored()).toEqual(before);
  const done = await command("prune", "--older-than", "30 days", "--batch-size", "50", "--yes");
  expect(done.output).toContain("checkouts 0 of 2, builds 0 of 6, tests 50 of 180\n");
  expect(done.output).toContain("Deleted 2 checkouts, 6 builds, 180 tests.");
  expect(await stored()).toEqual({ checkouts: 2, builds: 6, tests: 180 });
  expect(await keptCounts(pool)).toEqual(countsOf(await storedObjects(pool)));
  expect((await command("prune", "--older-than", "30 days", "--yes")).output).toContain(
    "0 checkouts, 0 builds, 0 tests.",
  );
});

test.each([
  [[], "--older-than is missing"],
  [["--older-than", "soon"], "--older-than must be a length of time"],
  [["--older-than", "0 days"], "--older-than must be a length of time"],
  [["--older-than", "1 day", "--tables", "issues"], "--tables are checkouts, builds, tests, not issues"],
  [["--older-than", "1 day", "--origins", ","], "--origins must be a list"],
  [["--older-than", "1 day", "--batch-size", "-1"], "--batch-size"],
  [["--older-than", "1 day", "--what"], "unknown option '--what'"],
])("prune %j is answered with the usage", async (args, problem) => {
  const { code, output } = await command("prune", ...args);
  expect(output).toContain(problem);
  expect(output).toContain("Usage: runledger kernelci prune");
  expect(code).toBe(2);
});
