import { DrizzleQueryError, sql } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { httpDatabase, pooledDatabase } from "../../db/client.ts";
import { errorMessage, isDatabaseAway, isPermanent } from "../../db/errors.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { NOWHERE } from "../support/own-edge.ts";
import { scratchDatabase } from "../support/scratch-database.ts";

const scratch = scratchDatabase();
const { functionEnv, databaseUrl } = inject("stack");

/** What a statement fails with that raises this. */
async function raised(code: string, message: string): Promise<unknown> {
  const body = sql.raw(`do $$ begin raise exception using errcode = '${code}', message = '${message}'; end $$`);
  return await scratch()
    .db.transaction((tx) => tx.execute(body))
    .catch((error: unknown) => error);
}

test.each([
  ["57P01", "terminating connection due to administrator command"],
  ["57P03", "the database system is starting up"],
  ["53300", "sorry, too many clients already"],
  ["53100", "could not extend file: No space left on device"],
  ["25006", "cannot execute INSERT in a read-only transaction"],
  ["28P01", "password authentication failed for user"],
  ["XX000", "Control plane request failed"],
])("%s %s: the database is away", async (code, message) => {
  const error = await raised(code, message);
  expect([isDatabaseAway(error), isPermanent(error)]).toEqual([true, false]);
});

test.each([
  ["57014", "canceling statement due to statement timeout"],
  ["55P03", "canceling statement due to lock timeout"],
  ["40P01", "deadlock detected"],
  ["53200", "out of memory"],
  ["XX000", "cache lookup failed for relation 7"],
])("%s %s: may pass, and is no outage", async (code, message) => {
  const error = await raised(code, message);
  expect([isDatabaseAway(error), isPermanent(error)]).toEqual([false, false]);
});

test.each([
  ["54000", "index row size 2720 exceeds btree version 4 maximum 2704"],
  ["XX000", "invalid memory alloc request size 1200000004"],
  ["08P01", "invalid message length"],
  ["22P02", "invalid input syntax"],
])("%s %s: can never be stored", async (code, message) => {
  const error = await raised(code, message);
  expect([isDatabaseAway(error), isPermanent(error)]).toEqual([false, true]);
});

test("a text too long for JavaScript can never be stored; a lack of memory may pass", () => {
  expect(isPermanent(new RangeError("Invalid string length"))).toBe(true);
  expect(isPermanent(new RangeError("Array buffer allocation failed"))).toBe(false);
  expect(isDatabaseAway(new RangeError("Invalid string length"))).toBe(false);
});

test("a database where nothing listens is away for every driver", async () => {
  const url = databaseUrl.replace(/@[^/]+/, `@${NOWHERE}`);
  const pg = pgDatabase(url, 1, { statementTimeoutMs: 1_000, applicationName: "tests" });
  const failure = (work: Promise<unknown>) => work.then(() => "it answered").catch((error: unknown) => error);
  expect(isDatabaseAway(await failure(pg.db.execute(sql`select 1`)))).toBe(true);
  expect(isDatabaseAway(await failure(pg.db.transaction((tx) => tx.execute(sql`select 1`))))).toBe(true);
  await pg.end();
  try {
    const pooled = pooledDatabase(url, NOWHERE, 1);
    expect(isDatabaseAway(await failure(pooled.db.transaction((tx) => tx.execute(sql`select 1`))))).toBe(true);
    expect(isDatabaseAway(await failure(httpDatabase(url, NOWHERE).execute(sql`select 1`)))).toBe(true);
    await pooled.end();
  } finally {
    httpDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY);
  }
});

test.each([
  ["an error", new TypeError("no list"), "no list"],
  ["a statement that failed", new DrizzleQueryError("select $1", ["a secret"], new Error("timeout")), "timeout"],
  [
    "a statement that failed without a cause",
    new DrizzleQueryError("select $1", ["a secret"]),
    "A failure without a message.",
  ],
  ["a text", "stopped", "stopped"],
  ["an event", new Event("close"), "Event close."],
  ["nothing", undefined, "A failure without a message."],
])("the message of %s", (_what, thrown, message) => {
  expect(errorMessage(thrown)).toBe(message);
});
