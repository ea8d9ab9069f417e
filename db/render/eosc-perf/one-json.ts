import type { SQL } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";

const OneText = z.object({ json: z.string() });

/** The JSON text of the one row a statement gives, column `json`; undefined when it gives none. */
export async function oneJson(db: Database, statement: SQL): Promise<string | undefined> {
  return (await firstRow(db, OneText, statement))?.json;
}
