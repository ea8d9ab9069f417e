import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";

const Instant = z.object({ instant: z.string() });

/** The instant that lies a length of time such as `30 days` before the database's now, to the microsecond. */
export async function instantBefore(db: Database, age: string): Promise<string> {
  const { instant } = await onlyRow(db, Instant, sql`select (now() - ${age}::interval)::text as instant`);
  return instant;
}
