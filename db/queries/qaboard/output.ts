import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rowsOf } from "../../client.ts";
import { qaboardInputs, qaboardOutputs } from "../../schema/index.ts";
import { OUTPUT } from "./objects.ts";

const Text = z.object({ json: z.string() });

/** An output as JSON text; undefined for an unknown id (contract section 5.7). */
export async function findOutput(db: Database, id: number): Promise<string | undefined> {
  const [row] = await rowsOf(
    db,
    sql`select ${OUTPUT}::text as json from ${qaboardOutputs} o join ${qaboardInputs} i on i.id = o.test_input_id
      where o.id = ${id}`,
  );
  return row === undefined ? undefined : Text.parse(row).json;
}
