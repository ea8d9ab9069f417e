import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";

/** Resolves once the database has answered the cheapest question there is. */
export async function databaseAnswers(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}

const Mode = z.object({ writes: z.boolean() });

/** Whether the database takes writes; false in recovery, and where a provider made it read-only. Throws when it is away. */
export async function databaseTakesWrites(db: Database): Promise<boolean> {
  const { writes } = await onlyRow(db, Mode, sql`select current_setting('transaction_read_only') = 'off' as writes`);
  return writes;
}
