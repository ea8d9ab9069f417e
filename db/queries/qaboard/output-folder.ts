import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { qaboardOutputs } from "../../schema/index.ts";

const Row = z.object({ output_dir: z.string(), is_running: z.boolean() });

/** The folder of an output, as an absolute path, and whether it is being written; undefined for an unknown id. */
export async function findOutputFolder(db: Database, id: number) {
  const row = await firstRow(db, Row, sql`select output_dir, is_running from ${qaboardOutputs} where id = ${id}`);
  return row === undefined ? undefined : { folder: row.output_dir, isRunning: row.is_running };
}
