import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { claimOn } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { claims, results, users } from "../../schema/index.ts";
import { mailAboutClaim } from "./mails.ts";
import { submitOf } from "./review.ts";
import { UTC_NOW } from "./utc-now.ts";

/**
 * Makes a claim that awaits review and hides its result, which points at this claim from now on; its JSON text, or
 * undefined when there is no such result.
 */
export async function storeClaim(
  db: Database,
  result: string,
  message: string,
  { sub, iss }: Person,
): Promise<string | undefined> {
  return await oneJson(
    db,
    sql`
    with wanted as (select id from ${results} where id = ${result}::uuid for no key update), made as (
      insert into ${claims}
        (id, message, resource_type, status, uploader_sub, uploader_iss, upload_datetime, _submit_report_id)
      select gen_random_uuid(), ${message}, 'result', 'on_review', ${sub}, ${iss}, ${UTC_NOW}, gen_random_uuid()
      from wanted returning *
    ), submitted as (${submitOf("claim")}), mailed as (
      ${mailAboutClaim("claimed", sql`made c join ${results} r on r.id = ${result}::uuid`)}
    ), hidden as (
      update ${results} r set deleted = true, _claim_report_id = made.id from made where r.id = ${result}::uuid
    )
    select ${claimOn(sql`${result}::uuid`)}::text as json
    from made c join ${users} u on (u.sub, u.iss) = (c.uploader_sub, c.uploader_iss)`,
  );
}
