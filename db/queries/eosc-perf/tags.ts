import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { TAG } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { tags } from "../../schema/index.ts";
import { equalTo, matchesTerms } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = { id: sql`t.id`, name: byBytes(sql`t.name`), description: byBytes(sql`t.description`) };
export type TagField = keyof typeof SORTS;
export const TAG_FIELDS: readonly TagField[] = ["id", "name", "description"];

/** A tag as JSON text; undefined for an unknown id. */
export async function tagOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${TAG}::text as json from ${tags} t where t.id = ${id}::uuid`);
}

/** A page of tags of a name, or with all terms in name or description. */
export async function tagsBy(
  db: Database,
  question: { name?: string | undefined; terms?: readonly string[]; sorts: readonly Sort<TagField>[]; page: Page },
): Promise<Listed> {
  const { name, terms = [], sorts, page } = question;
  return await everyListed(db, {
    from: sql`${tags} t`,
    where: [...equalTo({ name: sql`t.name` }, { name }), ...matchesTerms([sql`t.name`, sql`t.description`], terms)],
    item: TAG,
    order: orderOf(sorts, SORTS, sql`t.id`),
    page,
  });
}
