import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { pooledDatabase, type TransactionalDatabase } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";

type Scratch = { url: string; pool: Pool; db: TransactionalDatabase };

/** A migrated database of the file's own on the shared PostgreSQL, dropped after its tests. */
export function scratchDatabase(): () => Scratch {
  let scratch: (Scratch & { end(): Promise<void> }) | undefined;
  beforeAll(async () => {
    const { databaseUrl, functionEnv } = inject("stack");
    const name = `scratch_${randomBytes(6).toString("hex")}`;
    const admin = new Pool({ connectionString: databaseUrl, max: 1 });
    await admin.query(`create database ${name}`);
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    await migrate(url.href);
    const pool = new Pool({ connectionString: url.href, max: 2 });
    const { db, end } = pooledDatabase(url.href, functionEnv.NEON_LOCAL_PROXY, 4);
    scratch = {
      url: url.href,
      pool,
      db,
      async end() {
        await Promise.all([pool.end(), end()]);
        await untilLeft(admin, name);
        await admin.query(`drop database ${name} with (force)`);
        await admin.end();
      },
    };
  });
  afterAll(() => scratch?.end());
  return () => {
    if (scratch === undefined) throw new Error("the scratch database is made before the first test");
    return scratch;
  };
}

/** Waits for the connections that ended pools still close: one cut off by the drop would be an error nobody listens for. */
async function untilLeft(admin: Pool, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rowCount } = await admin.query("select from pg_stat_activity where datname = $1", [name]);
    if (rowCount === 0) return;
    await sleep(20);
  }
}
