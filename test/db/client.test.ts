import { sql } from "drizzle-orm";
import { afterAll, expect, inject, test } from "vitest";
import * as z from "zod";
import { firstRow, onlyRow, pooledDatabase, rows } from "../../db/client.ts";
import { startCuttingProxy } from "../faults/cutting-proxy.ts";
import { rawRows } from "../support/raw-rows.ts";

let broken = false;
const { databaseUrl, functionEnv } = inject("stack");
const port = Number(functionEnv.NEON_LOCAL_PROXY?.split(":")[1]);
const proxy = await startCuttingProxy(port, () => broken);
// One connection: a transaction that kept it would block all that come after.
const { db, end } = pooledDatabase(databaseUrl, `127.0.0.1:${proxy.port}`, 1);
afterAll(async () => {
  await end();
  await proxy.stop();
});

const one = () => db.transaction(async (tx) => (await rawRows(tx, sql`select 1 as one`))[0]);

test("a connection that breaks at the begin of a transaction is replaced", async () => {
  expect(await one()).toEqual({ one: 1 });
  broken = true;
  await expect(one()).rejects.toThrow();
  broken = false;
  expect(await one()).toEqual({ one: 1 });
});

test("a connection that breaks within a transaction fails it, and is replaced", async () => {
  const failing = db.transaction(async (tx) => {
    await rawRows(tx, sql`select 1 as one`);
    broken = true;
    await rawRows(tx, sql`select 2 as two`);
  });
  await expect(failing).rejects.toThrow();
  broken = false;
  expect(await one()).toEqual({ one: 1 });
});

test("a connection that breaks at the commit fails the transaction, and is replaced", async () => {
  const failing = db.transaction(async (tx) => {
    await rawRows(tx, sql`select 1 as one`);
    broken = true;
  });
  await expect(failing).rejects.toThrow();
  broken = false;
  expect(await one()).toEqual({ one: 1 });
});

const Counted = z.object({ n: z.coerce.number() });

test("rows are parsed one by one: a bigint that came as text is a number", async () => {
  expect(await rows(db, Counted, sql`select * from (values (1::bigint), (2)) as v (n)`)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("a row without a column of its schema fails the read", async () => {
  await expect(rows(db, z.object({ n: z.int() }), sql`select 1 as misspelt`)).rejects.toThrow(z.ZodError);
});

test("the first row of none is undefined", async () => {
  expect(await firstRow(db, Counted, sql`select 1 as n where false`)).toBeUndefined();
});

test("the only row of none fails the read", async () => {
  await expect(onlyRow(db, Counted, sql`select 1 as n where false`)).rejects.toThrow(z.ZodError);
});
