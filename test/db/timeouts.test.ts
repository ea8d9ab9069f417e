import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client, Pool } from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { type Database, httpDatabase, pooledDatabase } from "../../db/client.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { missingRoleTimeouts } from "../../db/timeouts.ts";
import { call, fresh, somebody } from "../support/eosc-perf.ts";
import { rawRows } from "../support/raw-rows.ts";
import { scratchDatabase } from "../support/scratch-database.ts";

const { databaseUrl, functionEnv } = inject("stack");
const proxy = functionEnv.NEON_LOCAL_PROXY;
const scratch = scratchDatabase();

const limitsOf = async (db: Database) =>
  (
    await rawRows(
      db,
      sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
    )
  )[0];

/** Takes a lock that every write to a table needs, and holds it until the test ends. */
async function lockTable(table: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(`begin; lock table ${table} in exclusive mode`);
}

/** Runs `npm run db:migrate` without npm; what it prints, both streams together. */
function migrated(url: string): string {
  const command = join(import.meta.dirname, "..", "..", "cli", "runledger.mjs");
  return execFileSync("sh", ["-c", '"$0" "$1" database migrate 2>&1', process.execPath, command], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  });
}

test("Neon's HTTP driver, which has no session, works within the role's limits", async () => {
  expect(await limitsOf(httpDatabase(databaseUrl, proxy))).toEqual({ statement: "15s", lock: "10s" });
});

test("a transaction of the consumer has limits of its own, and leaves none behind", async () => {
  const { db, end } = pooledDatabase(databaseUrl, proxy, 1);
  onTestFinished(end);
  expect(await db.transaction(limitsOf)).toEqual({ statement: "5min", lock: "1min" });
  expect(await limitsOf(db)).toEqual({ statement: "15s", lock: "10s" });
});

test("a statement that takes longer than its transaction allows is ended, and its connection goes on", async () => {
  const { db, end } = pooledDatabase(databaseUrl, proxy, 1, 300);
  onTestFinished(end);
  const slow = db.transaction(async (tx) => await rawRows(tx, sql`select pg_sleep(5)`));
  await expect(slow).rejects.toMatchObject({ cause: { code: "57014" } });
  expect(await db.transaction(async (tx) => await rawRows(tx, sql`select 1 as one`))).toEqual([{ one: 1 }]);
});

test("a session by TCP sets both limits itself", async () => {
  const { db, end } = pgDatabase(scratch().url, 1, { statementTimeoutMs: 15_000, applicationName: "limits" });
  onTestFinished(end);
  expect(await limitsOf(db)).toEqual({ statement: "15s", lock: "10s" });
});

test("a write that waits for a lock is given up at the edge, and answered 503", { timeout: 40_000 }, async () => {
  const { token } = await somebody();
  await lockTable("eosc_perf.tag");
  const asked = performance.now();
  const { status, headers } = await call("POST", "/tags", { token, json: { name: fresh("waiting") } });
  expect([status, headers.get("retry-after")]).toEqual([503, "5"]);
  expect(performance.now() - asked).toBeLessThan(20_000);
});

test("db:migrate tells which statements give a role the limits it lacks, and no more once they ran", async () => {
  const { url } = scratch();
  const said = migrated(url);
  expect(said).toContain("is up to date");
  expect(said).toContain("Warning: for the Worker on Neon this role needs time limits");
  const statements = said.match(/^ {2}alter role .*;$/gm) ?? [];
  expect(statements).toEqual([
    expect.stringMatching(/^ {2}alter role "runledger" in database "scratch_\w+" set statement_timeout = '15s';$/),
    expect.stringMatching(/^ {2}alter role "runledger" in database "scratch_\w+" set lock_timeout = '10s';$/),
  ]);
  const pool = new Pool({ connectionString: url, max: 1 });
  onTestFinished(() => pool.end());
  for (const statement of statements) await pool.query(statement);
  expect(migrated(url)).not.toContain("Warning");
});

test("the embedded database's role has its limits from the start", async () => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  expect(await missingRoleTimeouts(client)).toEqual([]);
});
