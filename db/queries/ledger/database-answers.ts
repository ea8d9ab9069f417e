import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";

/** Resolves once the database has answered the cheapest question there is. */
export async function databaseAnswers(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

/** Whether the database takes writes; false in recovery, and where a provider made it read-only. Throws when it is away. */
export async function databaseTakesWrites(db: Database): Promise<boolean> {
  const [row] = await rowsOf(db, sql`select current_setting('transaction_read_only') = 'off' as writes`);
  return row?.writes === true;
}
