import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { qaboardTestGroups } from "../../schema/index.ts";

const Group = z.object({ name: z.string(), yaml: z.string() });

/** Saved groups of a project by their names; unknown ones are left out. */
export async function findTestGroups(
  db: Database,
  project: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const groups = await rows(
    db,
    Group,
    sql`select name, yaml from ${qaboardTestGroups} where project_id = ${project}
      and name in (select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`,
  );
  return new Map(groups.map(({ name, yaml }) => [name, yaml]));
}
