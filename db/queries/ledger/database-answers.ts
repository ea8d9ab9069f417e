import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";

/** Resolves once the database has answered the cheapest question there is. */
export async function databaseAnswers(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}
