import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { builds } from "../../schema/index.ts";

const Failed = z.object({ id: z.string() });

/** Whether a build is stored as failed. */
export async function buildFailed(db: Database, id: string): Promise<boolean> {
  const failed = await firstRow(db, Failed, sql`select id from ${builds} where id = ${id} and status = 'FAIL'`);
  return failed !== undefined;
}
