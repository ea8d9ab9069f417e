import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { SITE } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { sites } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";
import { awaitingReview } from "./review.ts";
import { UTC_NOW } from "./utc-now.ts";

/** What a site is made of; without a description an update keeps the old one. */
export type SiteText = { name: string; address: string; description?: string | undefined };

/** Makes a site that awaits review; its JSON text, or undefined when the name is taken. */
export async function storeSite(db: Database, site: SiteText, { sub, iss }: Person): Promise<string | undefined> {
  const { name, address, description = null } = site;
  return await oneJson(
    db,
    sql`
    with made as (
      insert into ${sites}
        (id, name, address, description, status, uploader_sub, uploader_iss, upload_datetime, _submit_report_id)
      values (gen_random_uuid(), ${name}, ${address}, ${description}, 'on_review', ${sub}, ${iss}, ${UTC_NOW},
        gen_random_uuid())
      on conflict (name) do nothing returning *
    ), ${awaitingReview("site")}
    select ${SITE}::text as json from made s`,
  );
}

/** Replaces a site's texts; its review status stays. */
export async function updateSite(db: Database, id: string, site: SiteText): Promise<Changed> {
  const { name, address, description = null } = site;
  return await changed(
    db,
    sql`update ${sites} set name = ${name}, address = ${address}, description = coalesce(${description}, description)
      where id = ${id}::uuid returning id`,
  );
}
