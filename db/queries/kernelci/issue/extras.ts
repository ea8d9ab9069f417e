import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { issues } from "../../../schema/index.ts";
import { textOf } from "../json-text.ts";
import { incidentOf, isSeen, versionOf } from "./seen-in.ts";

/** An issue's id and one of its versions. */
export type AskedIssue = readonly [id: string, version: number];

/**
 * `{<issue id>: {"first_incident", "last_incident", "versions": {<version>: …}}}` as JSON text, in the order asked; an issue
 * without incidents is left out, a version that is not stored is null. Null when nothing is left (contract part 07).
 */
export async function issueExtras(db: Database, asked: readonly AskedIssue[]): Promise<string | null> {
  const ids = JSON.stringify(asked.map(([id]) => id));
  const versions = JSON.stringify(asked.map(([, version]) => version));
  return await textOf(
    db,
    sql`
    with asked as (
      select id, version, min(place) as place
      from rows from (json_array_elements_text(${ids}::json), json_array_elements_text(${versions}::json))
        with ordinality as given(id, version, place)
      group by 1, 2
    ), versions as (
      select a.id, min(a.place) as place, json_object_agg(
        a.version, case when s.id is not null then ${versionOf(sql`s.id`, sql`s.version`)} end order by a.place) as versions
      from asked a left join ${issues} s on s.id = a.id and s.version::text = a.version
      where ${isSeen(sql`a.id`)}
      group by a.id
    )
    select json_object_agg(v.id, (select row_to_json(e) from (select
      ${incidentOf(sql`v.id`, "first")} as first_incident, ${incidentOf(sql`v.id`, "last")} as last_incident, v.versions) e
    ) order by v.place)::text as text
    from versions v`,
  );
}
