import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { SITE } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { sites } from "../../schema/index.ts";
import { betweenDays, equalTo, matchesTerms } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { REVIEWED_FIELDS, type Reviewed, reviewedSorts } from "./reviewed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  ...reviewedSorts(sql`s`),
  name: byBytes(sql`s.name`),
  address: byBytes(sql`s.address`),
  description: byBytes(sql`s.description`),
};
export type SiteField = keyof typeof SORTS;
export const SITE_FIELDS: readonly SiteField[] = ["name", "address", "description", ...REVIEWED_FIELDS];

/** A site as JSON text, on review or approved; undefined for an unknown id. */
export async function siteOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${SITE}::text as json from ${sites} s where s.id = ${id}::uuid`);
}

/** What sites are chosen by: exact name and address, terms in name, address or description. */
export type SiteChoice = Reviewed & {
  name?: string | undefined;
  address?: string | undefined;
  terms?: readonly string[];
};

/** A page of sites. */
export async function sitesBy(
  db: Database,
  question: SiteChoice & { sorts: readonly Sort<SiteField>[]; page: Page },
): Promise<Listed> {
  const { status, upload_before, upload_after, name, address, terms = [], sorts, page } = question;
  return await everyListed(db, {
    from: sql`${sites} s`,
    where: [
      sql`s.status = ${status}`,
      ...betweenDays(sql`s.upload_datetime`, upload_before, upload_after),
      ...equalTo({ name: sql`s.name`, address: sql`s.address` }, { name, address }),
      ...matchesTerms([sql`s.name`, sql`s.address`, sql`s.description`], terms),
    ],
    item: SITE,
    order: orderOf(sorts, SORTS, sql`s.id`),
    page,
  });
}
