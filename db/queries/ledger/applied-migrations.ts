import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";

/** How many migrations the database has; throws when it never saw one. */
export async function appliedMigrations(db: Database): Promise<number> {
  const [row] = await rowsOf(db, sql`select count(*)::integer as applied from drizzle.__drizzle_migrations`);
  return Number(row?.applied);
}
