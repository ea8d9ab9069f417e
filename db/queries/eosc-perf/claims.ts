import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { CLAIM } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { claims, results, users } from "../../schema/index.ts";
import { betweenDays } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { REVIEWED_FIELDS, type Reviewed, reviewedSorts } from "./reviewed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  ...reviewedSorts(sql`c`),
  message: byBytes(sql`c.message`),
  resource_type: byBytes(sql`c.resource_type`),
};
export type ClaimField = keyof typeof SORTS;
export const CLAIM_FIELDS: readonly ClaimField[] = ["message", "resource_type", ...REVIEWED_FIELDS];

const WITH_UPLOADER = sql`${claims} c join ${users} u on (u.sub, u.iss) = (c.uploader_sub, c.uploader_iss)`;

/** A claim as JSON text, decided or not; undefined for an unknown id. */
export async function claimOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${CLAIM}::text as json from ${WITH_UPLOADER} where c.id = ${id}::uuid`);
}

/** What claims are chosen by: the result that points at them, or who made them. */
export type ClaimChoice = Reviewed & { result?: string; claimer?: Person };

/** A page of claims. */
export async function claimsBy(
  db: Database,
  question: ClaimChoice & { sorts: readonly Sort<ClaimField>[]; page: Page },
): Promise<Listed> {
  const { status, upload_before, upload_after, result, claimer, sorts, page } = question;
  return await everyListed(db, {
    from: WITH_UPLOADER,
    where: [
      sql`c.status = ${status}`,
      ...betweenDays(sql`c.upload_datetime`, upload_before, upload_after),
      ...(result === undefined
        ? []
        : [sql`c.id = (select r._claim_report_id from ${results} r where r.id = ${result}::uuid)`]),
      ...(claimer === undefined
        ? []
        : [sql`(c.uploader_sub, c.uploader_iss) = (${claimer.sub}::text, ${claimer.iss}::text)`]),
    ],
    item: CLAIM,
    order: orderOf(sorts, SORTS, sql`c.id`),
    page,
  });
}
