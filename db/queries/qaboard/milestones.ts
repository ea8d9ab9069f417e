import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { qaboardProjects } from "../../schema/index.ts";

const Text = z.object({ json: z.string() });

/** Milestones of a project as JSON text; undefined for an unknown project (contract section 7). */
export async function findMilestones(db: Database, project: string): Promise<string | undefined> {
  const row = await firstRow(
    db,
    Text,
    sql`select coalesce(nullif(data -> 'milestones', 'null'), '{}')::text as json from ${qaboardProjects} where id = ${project}`,
  );
  return row?.json;
}
