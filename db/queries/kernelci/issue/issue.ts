import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { issues } from "../../../schema/index.ts";
import { instant, objectText, textOf } from "../json-text.ts";
import { incidentOf, isSeen, versionOf } from "./seen-in.ts";

/** An issue in the stored version (no other is), as JSON text; null when it is not the one asked for (contract part 07). */
export async function issueOf(db: Database, id: string, version: number | undefined): Promise<string | null> {
  const isAsked = version === undefined ? sql`true` : sql`s.version = ${version}::bigint`;
  const extra = sql`select ${incidentOf(sql`s.id`, "first")} as first_incident,
    ${incidentOf(sql`s.id`, "last")} as last_incident,
    json_build_object(s.version, ${versionOf(sql`s.id`, sql`s.version`)}) as versions`;
  const issue = sql`
    select ${instant(sql`s._timestamp`)} as field_timestamp, s.id, s.version, s.origin, s.report_url, s.report_subject,
      s.culprit_code, s.culprit_tool, s.culprit_harness, s.comment, s.misc, s.categories,
      case when ${isSeen(sql`s.id`)}
        then json_build_object(s.id, (select row_to_json(e) from (${extra}) e)) else '{}' end as extra
    from ${issues} s where s.id = ${id} and ${isAsked}`;
  return await textOf(db, sql`select ${objectText(issue)} as text`);
}
