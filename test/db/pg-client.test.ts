import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseFault, isUnavailable } from "../../db/errors.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { rawRows } from "../support/raw-rows.ts";
import { scratchDatabase } from "../support/scratch-database.ts";

const scratch = scratchDatabase();
const OPTIONS = { statementTimeoutMs: 1_000, applicationName: "a test's" };
let one: ReturnType<typeof pgDatabase>;
beforeAll(() => {
  one = pgDatabase(scratch().url, 1, OPTIONS);
});
afterAll(() => one.end());

const pidOf = async () => (await rawRows(one.db, sql`select pg_backend_pid() as pid`))[0]?.pid;
const failure = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => error,
  );

test("a connection is kept, in UTC, under the name it was given", async () => {
  const { pool, url } = scratch();
  await pool.query(`alter database ${new URL(url).pathname.slice(1)} set timezone = 'Asia/Kathmandu'`);
  const pid = await pidOf();
  const [row] = await rawRows(
    one.db,
    sql`select pg_backend_pid() as pid, current_setting('timezone') as zone, current_setting('application_name') as name`,
  );
  expect(row).toEqual({ pid, zone: "UTC", name: "a test's" });
});

test("statements with parameters are prepared once a connection, others are not", async () => {
  for (const n of [1, 2, 3]) {
    expect(await rawRows(one.db, sql`select ${n}::integer as n, 'alone'`)).toMatchObject([{ n }]);
    await one.db.execute(sql`select 4 as n, 'plain'`);
    await one.db.transaction(async (tx) => {
      await tx.execute(sql`select ${n}::integer as n, 'within'`);
    });
  }
  const prepared = sql`select statement, (generic_plans + custom_plans)::integer as runs from pg_prepared_statements
    where statement like '%n, ''%' order by 1`;
  expect(await rawRows(one.db, prepared)).toEqual([
    { statement: "select $1::integer as n, 'alone'", runs: 3 },
    { statement: "select $1::integer as n, 'within'", runs: 3 },
  ]);
});

test("ever new texts don't fill the connection's memory", async () => {
  for (let i = 0; i < 300; i += 1) await one.db.execute(sql`select ${i}::integer as ${sql.identifier(`n${i}`)}`);
  const [row] = await rawRows(one.db, sql`select count(*)::integer as kept from pg_prepared_statements`);
  expect(row?.kept).toBeLessThanOrEqual(250);
});

test("after ever new texts, a later one is prepared, and the one not used for longest is prepared no more", async () => {
  const preparedLike = async (pattern: string) =>
    await rawRows(
      one.db,
      sql`select statement from pg_prepared_statements where statement like ${pattern} and statement not like '%pg_prepared%'`,
    );
  await one.db.execute(sql`select ${1}::integer as n, 'earlier'`);
  expect(await preparedLike("%'earlier'")).toHaveLength(1);
  for (let i = 0; i < 300; i += 1) await one.db.execute(sql`select ${i}::integer as ${sql.identifier(`m${i}`)}`);
  for (const n of [1, 2]) await one.db.execute(sql`select ${n}::integer as n, 'later'`);
  expect(await preparedLike("%'later'")).toHaveLength(1);
  expect(await preparedLike("%'earlier'")).toEqual([]);
  expect(await rawRows(one.db, sql`select ${7}::integer as n, 'earlier'`)).toMatchObject([{ n: 7 }]);
});

test("making room within a transaction does not break it", async () => {
  const rows = await one.db.transaction(async (tx) => {
    for (let i = 0; i < 300; i += 1) await tx.execute(sql`select ${i}::integer as ${sql.identifier(`t${i}`)}`);
    return await rawRows(tx, sql`select ${5}::integer as n`);
  });
  expect(rows).toEqual([{ n: 5 }]);
});

test("a statement the database refuses, or cancels, costs no connection", async () => {
  const pid = await pidOf();
  expect(databaseFault(await failure(one.db.execute(sql`select ${"x"}::integer`)))?.code).toBe("22P02");
  expect(databaseFault(await failure(one.db.execute(sql`select pg_sleep(5)`)))?.code).toBe("57014");
  expect(await pidOf()).toBe(pid);
});

test("a prepared statement that a migration made stale is prepared anew", async () => {
  const { pool } = scratch();
  const two = pgDatabase(scratch().url, 1, OPTIONS);
  await pool.query("create table shape (n integer)");
  const look = () => two.db.transaction((tx) => rawRows(tx, sql`select * from shape where n = ${1}::integer`));
  expect(await look()).toEqual([]);
  await pool.query("alter table shape add column later text; insert into shape values (1, 'x')");
  expect(databaseFault(await failure(look()))?.code).toBe("0A000");
  expect(await look()).toEqual([{ n: 1, later: "x" }]);
  await two.end();
});

test("a connection that is cut, idle or within a transaction, is replaced", async () => {
  const { pool } = scratch();
  const cut = async (pid: unknown) => {
    await pool.query("select pg_terminate_backend($1)", [pid]);
  };
  const first = await pidOf();
  await cut(first);
  await expect.poll(() => pidOf().catch(() => first)).not.toBe(first);
  const within = one.db.transaction(async (tx) => {
    await cut((await rawRows(tx, sql`select pg_backend_pid() as pid`))[0]?.pid);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tx.execute(sql`select ${1}::integer`);
  });
  expect(isUnavailable(await failure(within))).toBe(true);
  expect(await pidOf()).toEqual(expect.any(Number));
});

test("a database that is not there is told as such", async () => {
  const nowhere = pgDatabase("postgres://runledger:none@127.0.0.1:9/runledger", 1, OPTIONS);
  expect(isUnavailable(await failure(nowhere.db.execute(sql`select 1`)))).toBe(true);
  await nowhere.end();
});
