import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { missingRoleTimeouts } from "./timeouts.ts";

const FOLDER = join(import.meta.dirname, "..", "drizzle");
/** Any number, as long as every starter uses the same. */
const LOCK = 7_262_741;

/**
 * Applies the migrations a database still lacks. Starters that come at the same time wait for each other; the URL must
 * reach PostgreSQL directly (Neon: not the pooled host), since the lock belongs to a session. Returns the statements that
 * would give the role the time limits it lacks.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const missing = await missingRoleTimeouts(client);
    await client.query("set statement_timeout = 0; set lock_timeout = 0");
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER });
    return missing;
  } finally {
    await client.end();
  }
}
