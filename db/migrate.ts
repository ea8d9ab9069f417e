import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";

const FOLDER = join(import.meta.dirname, "..", "drizzle");
/** Any number, as long as every starter uses the same. */
const LOCK = 7_262_741;

/**
 * Applies the migrations a database still lacks. Starters that come at the same time wait for each other; the URL must
 * reach PostgreSQL directly (Neon: not the pooled host), since the lock belongs to a session.
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER });
  } finally {
    await client.end();
  }
}
