import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";
import { differences, emptyStore } from "../../../conformance/github/rows.ts";
import { IREE_LIKE, TURBINE_LIKE } from "../../../support/github-rest.ts";
import { beginScrape, ended, GITHUB_TOKEN, githubStack } from "../../../support/github-stack.ts";
import { recordedRows } from "../../../support/recorded-rows.ts";

const own = githubStack();
const LONG = { timeout: 120_000 };

test("asked for over HTTP, with the consumer killed again and again: the recorded rows, little asked twice", {
  timeout: 180_000,
}, async () => {
  const { stack, rest, pool } = own();
  const killAt = [2, 5, 9, 13, 40, 120, 300, 550];
  let kills = 0;
  rest.onRequest = () => {
    if (rest.requests.length < (killAt[kills] ?? Number.POSITIVE_INFINITY)) return;
    kills += 1;
    stack.consumer.kill("SIGKILL");
  };
  const states = new Set<string>();
  const status = await ended(
    await beginScrape(own(), IREE_LIKE, { max_runs: null, since: null, jobs: true }),
    150_000,
    states,
  );
  expect(kills).toBe(killAt.length);
  expect(status).toMatchObject({
    state: "done",
    repository: IREE_LIKE,
    counts: { branches: 30, commits: 200, workflows: 12, runs: 600, attempts: 22, jobs: 276 },
    last_error: null,
  });
  expect(states).toEqual(new Set(["queued", "running", "done"].filter((state) => states.has(state))));
  // A turn that was cut off is taken again: at most a page, or 25 runs.
  expect(rest.requests.length).toBeGreaterThanOrEqual(634);
  expect(rest.requests.length).toBeLessThanOrEqual(634 + killAt.length * 27);
  rest.onRequest = () => {};
  expect(await ended(await beginScrape(own(), TURBINE_LIKE), 30_000)).toMatchObject({ state: "done" });
  expect(await differences(pool, recordedRows())).toEqual([]);
  await expect
    .poll(() => stack.emulator.inspect("runledger"), { timeout: 10_000 })
    .toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  expect(stack.emulator.inspect("runledger-dead")).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  expect((await pool.query("select from ledger.rejected union all select from ledger.waiting")).rowCount).toBe(0);
});

test("a rate limit is waited for by a delayed message", LONG, async () => {
  const { rest, pool, stack } = own();
  await emptyStore(pool);
  rest.misbehave({ primaryLimit: { limit: 20, resetSeconds: 3 } });
  const states = new Set<string>();
  const url = await beginScrape(own(), TURBINE_LIKE);
  let delayed = 0;
  const watch = setInterval(() => {
    delayed = Math.max(delayed, stack.emulator.inspect("runledger").delayed);
  }, 50);
  const status = await ended(url, 60_000, states);
  clearInterval(watch);
  rest.misbehave({});
  expect(status).toMatchObject({ state: "done", last_error: null });
  expect(states).toContain("waiting_rate_limit");
  expect(delayed).toBe(1);
  expect(await differences(pool, recordedRows(TURBINE_LIKE))).toEqual([]);
  const { rows } = await pool.query("select count(*)::integer as handed_back from ledger.waiting");
  expect(rows).toEqual([{ handed_back: 0 }]);
});

test("a scrape whose message is lost goes on at the next tick of the clock", LONG, async () => {
  const { stack, pool } = own();
  await emptyStore(pool);
  await pool.query(
    `insert into github.scrapes (scrape_id, repo, jobs, runner, counts, wake_at) values ($1, $2, true, 'queue',
      '{"branches":0,"commits":0,"workflows":0,"runs":0,"attempts":0,"jobs":0,"skipped":0}', now() - interval '31 minutes')`,
    [newReceiptId(), TURBINE_LIKE],
  );
  await stack.scheduled();
  const state = async () => (await pool.query("select state from github.scrapes")).rows[0]?.state;
  await expect.poll(state, { timeout: 30_000 }).toBe("done");
  expect(await differences(pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("the token is in no table, no message, no object and no log", async () => {
  const { pool, dataDir, log } = own();
  const { rows: tables } = await pool.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('github', 'ledger')",
  );
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    const found = await pool.query(`select from ${name} as t where t::text like $1`, [`%${GITHUB_TOKEN}%`]);
    expect([name, found.rowCount]).toEqual([name, 0]);
  }
  const files = readdirSync(join(dataDir, "aws"), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    expect([name, plain.includes(GITHUB_TOKEN)]).toEqual([name, false]);
  }
  expect(log.length).toBeGreaterThan(50);
  expect(log.filter((line) => line.includes(GITHUB_TOKEN))).toEqual([]);
});
