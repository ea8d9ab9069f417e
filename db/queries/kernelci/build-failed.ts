import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { builds } from "../../schema/index.ts";

/** Whether a build is stored as failed. */
export async function buildFailed(db: Database, id: string): Promise<boolean> {
  return (await rowsOf(db, sql`select id from ${builds} where id = ${id} and status = 'FAIL'`)).length > 0;
}
