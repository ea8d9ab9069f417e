import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { TAG } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { tags } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";

/** What a tag is made of; without a description an update keeps the old one. */
export type TagText = { name: string; description?: string | undefined };

/** Makes a tag; its JSON text, or undefined when the name is taken. */
export async function storeTag(db: Database, { name, description }: TagText): Promise<string | undefined> {
  return await oneJson(
    db,
    sql`
    with t as (
      insert into ${tags} (id, name, description) values (gen_random_uuid(), ${name}, ${description ?? null})
      on conflict (name) do nothing returning *
    )
    select ${TAG}::text as json from t`,
  );
}

/** Replaces a tag's texts. */
export async function updateTag(db: Database, id: string, { name, description }: TagText): Promise<Changed> {
  return await changed(
    db,
    sql`update ${tags} set name = ${name}, description = coalesce(${description ?? null}, description)
      where id = ${id}::uuid returning id`,
  );
}

/** Deletes a tag, and takes it from every result. */
export async function deleteTag(db: Database, id: string): Promise<Changed> {
  return await changed(db, sql`delete from ${tags} where id = ${id}::uuid returning id`);
}
