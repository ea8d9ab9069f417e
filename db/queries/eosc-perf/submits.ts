import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { jsonObject, moment, USER } from "../../render/eosc-perf/objects.ts";
import { benchmarks, claims, flavors, sites, submits, users } from "../../schema/index.ts";
import { betweenDays, equalTo } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  id: sql`m.id`,
  resource_type: byBytes(sql`m.resource_type`),
  upload_datetime: sql`m.upload_datetime`,
};
export type SubmitField = keyof typeof SORTS;
export const SUBMIT_FIELDS: readonly SubmitField[] = ["id", "resource_type", "upload_datetime"];

const SUBMIT = jsonObject(
  {
    resource_type: sql`m.resource_type`,
    resource_id: sql`r.id`,
    upload_datetime: moment(sql`m.upload_datetime`),
    uploader: USER,
  },
  undefined,
);

/** The resource that points at the submit, of whichever kind. */
const RESOURCE = sql.join(
  [benchmarks, sites, flavors, claims].map(
    (table) => sql`select id, uploader_sub, uploader_iss from ${table} where _submit_report_id = m.id`,
  ),
  sql` union all `,
);

/** What awaits a decision, with the uploader of the resource; a page. */
export async function submitsBy(
  db: Database,
  question: {
    resource_type?: string | undefined;
    upload_before?: string | undefined;
    upload_after?: string | undefined;
    sorts: readonly Sort<SubmitField>[];
    page: Page;
  },
): Promise<Listed> {
  const { resource_type, upload_before, upload_after, sorts, page } = question;
  return await everyListed(db, {
    from: sql`${submits} m join lateral (${RESOURCE}) r on true
      join ${users} u on u.sub = r.uploader_sub and u.iss = r.uploader_iss`,
    where: [
      ...equalTo({ resource_type: sql`m.resource_type` }, { resource_type }),
      ...betweenDays(sql`m.upload_datetime`, upload_before, upload_after),
    ],
    item: SUBMIT,
    order: orderOf(sorts, SORTS, sql`m.id`),
    page,
  });
}
