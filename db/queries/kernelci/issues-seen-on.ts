import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { builds, incidents, issues, tests } from "../../schema/index.ts";
import { arrayText, textOf } from "./json-text.ts";
import { statusCount } from "./status-count.ts";

/**
 * The issues that incidents tie to one build or test, each with how often by that object's status, as JSON text; null when
 * there are none. Only incidents whose exact version of the issue is stored count (contract part 07).
 */
export async function issuesSeenOn(db: Database, seenOn: { buildId: string } | { testId: string }) {
  if ("buildId" in seenOn) return await textOf(db, seen(builds, sql`i.build_id`, seenOn.buildId));
  return await textOf(db, seen(tests, sql`i.test_id`, seenOn.testId));
}

function seen(table: typeof builds | typeof tests, link: SQL, id: string): SQL {
  const items = sql`
    select s.id, s.version, s.comment, s.report_url, ${statusCount(sql`o.status`)} as incidents_info
    from ${incidents} i
      join ${issues} s on s.id = i.issue_id and s.version = i.issue_version
      left join ${table} o on o.id = ${link}
    where ${link} = ${id}
    group by s.id order by s.id`;
  return sql`select nullif(${arrayText(items)}, '[]') as text`;
}
