import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { isoInstant } from "../../iso-instant.ts";
import { hookLogs } from "../../schema/index.ts";

const Log = z.object({ readTo: z.string() });

/** Up to when a webhook's delivery log was read before, as ISO 8601; undefined before the first reading. */
export async function logReadTo(db: Database, hook: string): Promise<string | undefined> {
  const readTo = isoInstant(sql`read_to`);
  const log = await firstRow(db, Log, sql`select ${readTo} as "readTo" from ${hookLogs} where hook = ${hook}`);
  return log?.readTo;
}
