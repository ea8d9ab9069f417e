import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";

/** The instant that lies a length of time such as `30 days` before the database's now, to the microsecond. */
export async function instantBefore(db: Database, age: string): Promise<string> {
  const [row] = await rowsOf(db, sql`select (now() - ${age}::interval)::text as instant`);
  return String(row?.instant);
}
