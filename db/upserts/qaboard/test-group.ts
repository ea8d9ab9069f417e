import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { qaboardTestGroups } from "../../schema/index.ts";

/** Saves a group of tests under its name (contract section 9). */
export async function storeTestGroup(db: Database, group: { project: string; name: string; yaml: string }) {
  const { project, name, yaml } = group;
  await db.execute(sql`
    insert into ${qaboardTestGroups} (project_id, name, yaml) values (${project}, ${name}, ${yaml})
    on conflict (project_id, name) do update set yaml = excluded.yaml, saved_at = now()`);
}
