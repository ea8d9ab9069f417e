import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rowsOf } from "../../client.ts";
import { qaboardOutputs } from "../../schema/index.ts";

const Row = z.object({ output_dir: z.string(), is_running: z.boolean() });

/** The folder of an output, as an absolute path, and whether it is being written; undefined for an unknown id. */
export async function findOutputFolder(db: Database, id: number) {
  const [row] = await rowsOf(db, sql`select output_dir, is_running from ${qaboardOutputs} where id = ${id}`);
  if (row === undefined) return undefined;
  const { output_dir, is_running } = Row.parse(row);
  return { folder: output_dir, isRunning: is_running };
}
