import { readdirSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { storeSubmissions } from "../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { countsOf } from "../db/kernelci/counts-model.ts";
import { emptyTables, keptCounts, storedObjects } from "../db/kernelci/derived-tables.ts";
import { madeSubmission } from "../db/kernelci/made-submissions.ts";
import { seeded } from "../faults/random.ts";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const from = scratchDatabase();
const to = scratchDatabase();
const folder = temporaryFolder(afterAll);
const TIMEOUT = { timeout: 120_000 };

const copy = (...args: string[]) =>
  kernelciCommand("copy", ["--from", from().url, ...args], { DATABASE_URL: to().url, RUNLEDGER_DATA: folder });

/** Objects ingested one hour after another, an issue, a number that JavaScript rounds, and one row too old to be copied. */
async function fillSource(): Promise<void> {
  const { pool, db } = from();
  await emptyTables(pool);
  const random = seeded(21);
  const submissions = Array.from({ length: 10 }, () => ({
    receiptId: newReceiptId(),
    objects: madeSubmission(random),
  }));
  await db.transaction((tx) => storeSubmissions(tx, submissions));
  await pool.query("insert into kernelci.issues (id, version, origin) values ('maestro:x', 1, 'maestro')");
  for (const table of ["checkouts", "builds", "tests", "issues", "incidents"])
    await pool.query(
      `update kernelci.${table} t set _timestamp = now() - n * interval '3 hours', misc = '{"big": 12345678901234567890, "f": 1.0}'
       from (select id, row_number() over (order by id) as n from kernelci.${table}) as numbered where t.id = numbered.id`,
    );
  await pool.query(
    "insert into kernelci.tests (id, origin, build_id, _timestamp) values ('maestro:old', 'maestro', 'maestro:b1', now() - interval '8 days')",
  );
}

test(
  "stopped half-way it goes on where it was; repeats change nothing; times and counts are right",
  TIMEOUT,
  async () => {
    await fillSource();
    const sent = await storedObjects(from().pool);
    sent.tests = sent.tests.filter(({ id }) => id !== "maestro:old");
    const first = copy("--days", "7", "--page-size", "1");
    first.child.stdout.on("data", (chunk: Buffer) => /tests: 5 /.test(chunk.toString()) && first.child.kill("SIGKILL"));
    expect((await first.ended).code).toBe("SIGKILL");
    const [cursor] = readdirSync(folder);
    const second = await copy("--days", "7", "--page-size", "3").ended;
    expect(second.output).toMatch(/Going on with what was ingested since .*: tests up to \d{4}-.*maestro:t\d+/);
    expect(second.output).toContain(`${cursor}`);
    expect(second.output).not.toContain("checkouts:");
    expect(second.output).toContain("Everything is copied.");
    expect(second.code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    await expectCopied(sent);
    expect((await copy("--days", "7").ended).code).toBe(0);
    await expectCopied(sent);
  },
);

test("what came here later keeps its time", TIMEOUT, async () => {
  await fillSource();
  await emptyTables(to().pool);
  const { rows } = await from().pool.query<{ id: string }>(
    "select id from kernelci.tests where id <> 'maestro:old' limit 1",
  );
  const id = rows[0]?.id;
  await to().pool.query(
    "insert into kernelci.tests (id, origin, build_id, _timestamp) values ($1, 'own', 'own:b', '2100-01-01')",
    [id],
  );
  expect((await copy("--days", "7").ended).code).toBe(0);
  const kept = await to().pool.query("select origin, build_id, _timestamp from kernelci.tests where id = $1", [id]);
  expect(kept.rows).toEqual([{ origin: "own", build_id: "own:b", _timestamp: new Date("2100-01-01T00:00:00Z") }]);
});

test("a database of the original's layout; a checkout without start began when it was ingested", TIMEOUT, async () => {
  await fillSource();
  await from().pool.query(
    "update kernelci.checkouts set start_time = null where id = (select max(id) from kernelci.checkouts)",
  );
  const sent = await storedObjects(from().pool);
  sent.tests = sent.tests.filter(({ id }) => id !== "maestro:old");
  sent.checkouts = sent.checkouts.map((row) => ({ ...row, start_time: row.start_time ?? row._timestamp }));
  await emptyTables(to().pool);
  await from().pool.query("alter schema public rename to other; alter schema kernelci rename to public");
  try {
    expect((await copy("--days", "7").ended).output).toContain("Everything is copied.");
  } finally {
    await from().pool.query("alter schema public rename to kernelci; alter schema other rename to public");
  }
  await expectCopied(sent);
});

async function expectCopied(sent: Awaited<ReturnType<typeof storedObjects>>): Promise<void> {
  const stored = await storedObjects(to().pool);
  const sorted = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort();
  for (const table of ["checkouts", "builds", "tests", "incidents"] as const)
    expect(sorted(stored[table])).toEqual(sorted(sent[table]));
  expect(await keptCounts(to().pool)).toEqual(countsOf(stored));
  const { rows } = await to().pool.query("select misc::text as misc from kernelci.issues");
  expect(rows).toEqual([{ misc: '{"f": 1.0, "big": 12345678901234567890}' }]);
}

test.each([
  [["--days", "0"], 2, "--days must be a whole number from 1 on"],
  [[], 2, "--days is missing"],
  [["--days", "7", "--from", "mysql://host/db"], 2, "--from must be a postgres:// URL"],
  [["--days", "7", "--from", "postgres://nobody@127.0.0.1:1/none"], 1, "ECONNREFUSED"],
])("%j is told what is wrong", async (args, status, problem) => {
  const { code, output } = await copy(...args).ended;
  expect(output).toContain(problem);
  expect(code).toBe(status);
});

test("a database without the tables is told so", async () => {
  const url = new URL(from().url);
  url.pathname = "/postgres";
  const { code, output } = await copy("--days", "7", "--from", url.href).ended;
  expect(output).toContain("The database has no table checkouts");
  expect(code).toBe(1);
});
