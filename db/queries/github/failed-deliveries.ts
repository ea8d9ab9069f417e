import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { hookLogs } from "../../schema/index.ts";

/** Up to when a webhook's delivery log was read before, as ISO 8601; undefined before the first reading. */
export async function logReadTo(db: Database, hook: string): Promise<string | undefined> {
  const [row] = await rowsOf(db, sql`select read_to from ${hookLogs} where hook = ${hook}`);
  return row === undefined ? undefined : new Date(String(row.read_to)).toISOString();
}
