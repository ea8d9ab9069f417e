import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { FLAVOR, SITE } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { flavors, sites } from "../../schema/index.ts";
import { betweenDays, equalTo, matchesTerms } from "./conditions.ts";
import { type Listed, listed, type Page } from "./listed.ts";
import { REVIEWED_FIELDS, type Reviewed, reviewedSorts } from "./reviewed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  ...reviewedSorts(sql`f`),
  name: byBytes(sql`f.name`),
  description: byBytes(sql`f.description`),
  site_id: sql`f.site_id`,
};
export type FlavorField = keyof typeof SORTS;
export const FLAVOR_FIELDS: readonly FlavorField[] = ["name", "description", "site_id", ...REVIEWED_FIELDS];

/** A flavor as JSON text, on review or approved; undefined for an unknown id. */
export async function flavorOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${FLAVOR}::text as json from ${flavors} f where f.id = ${id}::uuid`);
}

/** The site of a flavor as JSON text; undefined for an unknown flavor. */
export async function siteOfFlavor(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(
    db,
    sql`select ${SITE}::text as json from ${flavors} f join ${sites} s on s.id = f.site_id where f.id = ${id}::uuid`,
  );
}

/** What a site's flavors are chosen by: exact name, terms in name or description. */
export type FlavorChoice = Reviewed & { site: string; name?: string | undefined; terms?: readonly string[] };

/** A page of a site's flavors; undefined for an unknown site. */
export async function flavorsBy(
  db: Database,
  question: FlavorChoice & { sorts: readonly Sort<FlavorField>[]; page: Page },
): Promise<Listed | undefined> {
  const { site, status, upload_before, upload_after, name, terms = [], sorts, page } = question;
  return await listed(db, {
    exists: sql`exists (select from ${sites} s where s.id = ${site}::uuid)`,
    from: sql`${flavors} f`,
    where: [
      sql`f.site_id = ${site}::uuid`,
      sql`f.status = ${status}`,
      ...betweenDays(sql`f.upload_datetime`, upload_before, upload_after),
      ...equalTo({ name: sql`f.name` }, { name }),
      ...matchesTerms([sql`f.name`, sql`f.description`], terms),
    ],
    item: FLAVOR,
    order: orderOf(sorts, SORTS, sql`f.id`),
    page,
  });
}
