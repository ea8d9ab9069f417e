import { setTimeout as sleep } from "node:timers/promises";
import type { PoolClient } from "pg";
import { afterEach, expect, test } from "vitest";
import { type Results, resultsOf } from "../../faults/kernelci/load.ts";
import { seeded } from "../../faults/random.ts";
import { testPool } from "../../support/database.ts";
import { answered, submit, untilEnded } from "../../support/kernelci-submissions.ts";

/* Short forms of the faults of KernelCI (test/faults): what disturbs storing neither loses nor doubles anything. */

const pool = testPool();
const VERSION = { major: 5, minor: 3 };
const random = seeded(Date.now());
const TESTS = 300;

const taken = async (body: object) => (await answered(await submit({ version: VERSION, ...body }))).id;

let holder: PoolClient | undefined;
afterEach(async () => {
  await holder?.query("rollback");
  holder?.release();
  holder = undefined;
});

test("a connection that ends while a submission is stored: it is stored as if nothing had been", async () => {
  const results = resultsOf(random, 3, TESTS);
  holder = await pool.connect();
  await holder.query("begin");
  // The last of its tests: by then most of the submission is written.
  const last = results.tests
    .map(({ id }) => String(id))
    .sort()
    .at(-1);
  await holder.query("insert into kernelci.tests (id, origin, build_id) values ($1, 'faults', 'faults:none')", [last]);
  const id = await taken(results);
  await endWhoWaits(holder);
  expect(await storedTests(results)).toBe(0);
  await holder.query("rollback");
  expect(await untilEnded(id)).toBe("processed");
  await expectCounted(results);
});

test("the same submission three times at once is stored three times and counted once", async () => {
  const results = resultsOf(random, 3, TESTS);
  const ids = await Promise.all([taken(results), taken(results), taken(results)]);
  expect(new Set(ids).size).toBe(3);
  expect(await Promise.all(ids.map((id) => untilEnded(id)))).toEqual(["processed", "processed", "processed"]);
  await expectCounted(results);
});

test("children that come before their parents wait for them and are counted", async () => {
  const { checkouts, builds, tests, issues, incidents } = resultsOf(random, 3, TESTS);
  for (const part of [{ issues, incidents }, { tests }, { builds }]) await untilEnded(await taken(part));
  const own = [builds.map(({ id }) => id)];
  expect(await numberOf("select count(*)::int as n from kernelci.pending_builds where build_id = any($1)", own)).toBe(
    3,
  );
  await untilEnded(await taken({ checkouts }));
  expect(await numberOf("select count(*)::int as n from kernelci.pending_builds where build_id = any($1)", own)).toBe(
    0,
  );
  await expectCounted({ checkouts, builds, tests, issues, incidents });
});

/** Ends the connections that wait for a lock of the given one. */
async function endWhoWaits(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  for (let tries = 0; tries < 400; tries += 1) {
    // Asked outside the transaction, in which activity is seen as it was at first.
    const { rowCount } = await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where $1 = any(pg_blocking_pids(pid))",
      [rows[0]?.pid],
    );
    if (rowCount !== 0) return;
    await sleep(25);
  }
  throw new Error("nobody waits");
}

async function numberOf(statement: string, values: unknown[]): Promise<unknown> {
  const { rows } = await pool.query<{ n: unknown }>(statement, values);
  return rows[0]?.n;
}

const storedTests = ({ tests }: Results) =>
  numberOf("select count(*)::int as n from kernelci.tests where id = any($1)", [tests.map(({ id }) => id)]);

/** Every object is stored once, and the listing, the roll-up and the hardware count what was sent. */
async function expectCounted(results: Results): Promise<void> {
  const [checkout] = results.checkouts;
  const { rows } = await pool.query(
    `select build_pass + build_failed + build_inc as builds,
      boot_pass + boot_failed + boot_inc + test_pass + test_failed + test_inc as tests, boot_pass + test_pass as passed,
      (select sum(total_tests)::int from kernelci.tree_tests_rollup where git_commit_hash = $1) as rolled,
      (select count(*)::int from kernelci.tree_tests_rollup where git_commit_hash = $1 and issue_id is not null) > 0 as known,
      (select sum(boot_pass + boot_failed + boot_inc + test_pass + test_failed + test_inc)::int
        from kernelci.hardware_status where checkout_id = $2) as machines
    from kernelci.tree_listing where git_commit_hash = $1`,
    [checkout?.git_commit_hash, checkout?.id],
  );
  const passed = results.tests.filter(({ status }) => status === "PASS").length;
  expect(rows).toEqual([{ builds: 3, tests: TESTS, passed, rolled: TESTS, known: true, machines: TESTS }]);
  expect(await storedTests(results)).toBe(TESTS);
}
