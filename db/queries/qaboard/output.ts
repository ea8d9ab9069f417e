import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { OUTPUT } from "../../render/qaboard/objects.ts";
import { qaboardInputs, qaboardOutputs } from "../../schema/index.ts";

const Text = z.object({ json: z.string() });

/** An output as JSON text; undefined for an unknown id (contract section 5.7). */
export async function findOutput(db: Database, id: number): Promise<string | undefined> {
  const row = await firstRow(
    db,
    Text,
    sql`select ${OUTPUT}::text as json from ${qaboardOutputs} o join ${qaboardInputs} i on i.id = o.test_input_id
      where o.id = ${id}`,
  );
  return row?.json;
}

const Folder = z.object({ folder: z.string(), isPending: z.boolean() });

/** The absolute path of an output's folder, and whether it is finished; undefined for an unknown id. */
export async function findOutputFolder(db: Database, id: number): Promise<z.infer<typeof Folder> | undefined> {
  return await firstRow(
    db,
    Folder,
    sql`select output_dir as folder, is_pending as "isPending" from ${qaboardOutputs} where id = ${id}`,
  );
}
