import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, incidents, tests } from "../../../schema/index.ts";
import { arrayText, fraction, instant, textOf } from "../json-text.ts";

/** The version asked for, or the highest among the incidents of the issue (contract part 07). */
function versionAsked(id: string, version: number | undefined): SQL {
  if (version !== undefined) return sql`${version}::bigint`;
  return sql`(select max(issue_version) from ${incidents} where issue_id = ${id})`;
}

/** The builds that an issue was seen on, one for each incident, as JSON text; null when there are none. */
export async function buildsOfIssue(db: Database, id: string, version: number | undefined): Promise<string | null> {
  const items = sql`
    select b.id, b.architecture, b.config_name, coalesce(b.status, 'NULL') as status,
      ${instant(sql`b.start_time`)} as start_time, ${fraction(sql`b.duration`)} as duration, b.compiler, b.log_url,
      c.tree_name, c.git_repository_branch, '{"platform": "Unknown"}'::jsonb || b.misc as misc
    from ${incidents} i join ${builds} b on b.id = i.build_id left join ${checkouts} c on c.id = b.checkout_id
    where i.issue_id = ${id} and i.issue_version = ${versionAsked(id, version)} order by b.id, i.id`;
  return await textOf(db, sql`select nullif(${arrayText(items)}, '[]') as text`);
}

/** The tests that an issue was seen on, one for each incident, also those not stored; null when there are none. */
export async function testsOfIssue(db: Database, id: string, version: number | undefined): Promise<string | null> {
  const items = sql`
    select i.test_id as id, coalesce(t.status, 'NULL') as status, ${fraction(sql`t.duration`)} as duration, t.path,
      ${instant(sql`t.start_time`)} as start_time, t.environment_compatible, t.environment_misc, c.tree_name,
      c.git_repository_branch, t.misc ->> 'runtime' as lab
    from ${incidents} i left join ${tests} t on t.id = i.test_id
      left join ${builds} b on b.id = t.build_id left join ${checkouts} c on c.id = b.checkout_id
    where i.issue_id = ${id} and i.test_id is not null and i.issue_version = ${versionAsked(id, version)}
    order by i.test_id, i.id`;
  return await textOf(db, sql`select nullif(${arrayText(items)}, '[]') as text`);
}
