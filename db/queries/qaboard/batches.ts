import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { qaboardInputs, qaboardOutputs } from "../../schema/index.ts";

const Folder = z.object({ id: z.coerce.number(), folder: z.string() });
/** An output and the absolute path of its folder. */
export type OutputFolder = z.infer<typeof Folder>;

/** Outputs of a batch, all or those that failed, with their folders. */
export async function listOutputFolders(db: Database, batchId: number, onlyFailed: boolean): Promise<OutputFolder[]> {
  return await rows(
    db,
    Folder,
    sql`select id, output_dir as folder from ${qaboardOutputs}
      where batch_id = ${batchId} and (is_failed or not ${onlyFailed}) order by id`,
  );
}

const Filtered = z.object({
  id: z.coerce.number(),
  path: z.string(),
  platform: z.string().nullable(),
  configurations: z.string(),
  parameters: z.string(),
  metadata: z.string(),
  isFailed: z.boolean(),
  isPending: z.boolean(),
});
/** What a filter looks at; JSON as PostgreSQL writes it. */
export type FilteredOutput = z.infer<typeof Filtered>;

/** Outputs of a batch as filters look at them (contract section 6, Filter language). */
export async function listFilteredOutputs(db: Database, batchId: number): Promise<FilteredOutput[]> {
  return await rows(
    db,
    Filtered,
    sql`select o.id, i.path, o.platform, o.configurations::text as configurations, o.extra_parameters::text as parameters,
        coalesce(i.data -> 'metadata', '{}')::text as metadata, coalesce(o.is_failed, false) as "isFailed",
        o.is_pending as "isPending"
      from ${qaboardOutputs} o join ${qaboardInputs} i on i.id = o.test_input_id where o.batch_id = ${batchId} order by o.id`,
  );
}
