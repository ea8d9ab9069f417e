import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { FLAVOR } from "../../render/eosc-perf/objects.ts";
import { flavors, sites } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";
import { awaitingReview } from "./review.ts";
import { UTC_NOW } from "./utc-now.ts";

/** What a flavor is made of; without a description an update keeps the old one. */
export type FlavorText = { name: string; description?: string | undefined };

const Made = z.object({ json: z.string().nullable() });

/** Makes a flavor of a site that awaits review: its JSON text, or why there is none. */
export async function storeFlavor(
  db: Database,
  site: string,
  flavor: FlavorText,
  { sub, iss }: Person,
): Promise<{ is: "done"; json: string } | { is: "unknown" | "conflict" }> {
  const { name, description = null } = flavor;
  const made = await firstRow(
    db,
    Made,
    sql`
    with home as (select id from ${sites} where id = ${site}::uuid for key share), made as (
      insert into ${flavors}
        (id, name, description, site_id, status, uploader_sub, uploader_iss, upload_datetime, _submit_report_id)
      select gen_random_uuid(), ${name}, ${description}, home.id, 'on_review', ${sub}, ${iss}, ${UTC_NOW},
        gen_random_uuid()
      from home
      on conflict (site_id, name) do nothing returning *
    ), ${awaitingReview("flavor")}
    select (select ${FLAVOR}::text from made f) as json from home`,
  );
  if (made === undefined) return { is: "unknown" };
  return made.json === null ? { is: "conflict" } : { is: "done", json: made.json };
}

/** Replaces a flavor's texts; its review status and site stay. */
export async function updateFlavor(db: Database, id: string, flavor: FlavorText): Promise<Changed> {
  const { name, description = null } = flavor;
  return await changed(
    db,
    sql`update ${flavors} set name = ${name}, description = coalesce(${description}, description)
      where id = ${id}::uuid returning id`,
  );
}
