import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { qaboardInputs } from "../../schema/index.ts";
import { boundedRows } from "../bounded-rows.ts";

const Row = z.object({ path: z.string(), metadata: z.record(z.string(), z.unknown()) });

/** Metadata of inputs of a database by their paths, as results brought it; those without any are left out. */
export async function findInputMetadata(db: Database, database: string, paths: readonly string[]) {
  const found = await boundedRows(
    db,
    Row,
    sql`select path, data -> 'metadata' as metadata from ${qaboardInputs}
      where database = ${database} and path = any(array(select jsonb_array_elements_text(${JSON.stringify(paths)}::jsonb)))
        and jsonb_typeof(data -> 'metadata') = 'object'`,
  );
  return new Map(found.map(({ path, metadata }) => [path, metadata]));
}
