import { sql } from "drizzle-orm";
import { afterAll, expect, inject, test } from "vitest";
import { pooledDatabase } from "../../db/client.ts";
import { startCuttingProxy } from "../faults/cutting-proxy.ts";
import { rawRows } from "../support/raw-rows.ts";

let broken = false;
const { databaseUrl, functionEnv } = inject("stack");
const port = Number(functionEnv.NEON_LOCAL_PROXY?.split(":")[1]);
const proxy = await startCuttingProxy(port, () => (broken ? 0 : 1), 0.5);
// One connection: a transaction that kept it would block all that come after.
const { db, end } = pooledDatabase(databaseUrl, proxy.address, 1);
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
