import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { incidents, issues, metricsByDay } from "../../schema/index.ts";
import { textOf } from "./json-text.ts";

/** Whole days before today (UTC): from `startDaysAgo` on, and before `endDaysAgo`. */
export type DaysInterval = { startDaysAgo: number; endDaysAgo: number };

/**
 * What was ingested in an interval and in the one of the same length before it, as JSON text (contract part 08,
 * `metrics/`). Reads the roll-ups by day; incidents only of new issues that several origins report.
 */
export async function ingestedBetween(db: Database, { startDaysAgo, endDaysAgo }: DaysInterval): Promise<string> {
  const text = await textOf(
    db,
    sql`
    with bounds as (
      select today - ${startDaysAgo}::integer as since, today - ${endDaysAgo}::integer as until,
        today - ${startDaysAgo}::integer - (${startDaysAgo}::integer - ${endDaysAgo}::integer) as before
      from (select (now() at time zone 'UTC')::date as today) as t
    ),
    counted as materialized (
      select day >= since as is_current, what, name, issue_id, issue_version, sum(total)::integer as total
      from bounds, ${metricsByDay} where day >= before and day < until
        and (previous_day is null or previous_day < case when day >= since then since else before end)
      group by 1, 2, 3, 4, 5 having sum(total) > 0
    ),
    reported as materialized (
      select name as origin, issue_id, issue_version, total from counted where is_current and issue_id is not null
    ),
    new_issues as materialized (
      select issue_id, case when count(distinct origin) = 1 then min(origin) else ${firstReporter} end as origin
      from reported where not exists (
        select from bounds, ${metricsByDay} d where d.issue_id = reported.issue_id and d.day < since
        group by d.day, d.name, d.issue_version having sum(d.total) > 0)
      group by issue_id
    ),
    known as materialized (
      select r.origin, r.issue_id as id, r.issue_version as version, s.comment, r.total as total_incidents,
        n.issue_id is not null as is_new, row_number() over (partition by r.origin order by r.total desc, r.issue_id) as rank
      from reported r join ${issues} s on s.id = r.issue_id and s.version = r.issue_version
        left join new_issues n on (n.issue_id, n.origin) = (r.issue_id, r.origin)
    )
    select row_to_json(m)::text as text from (select
      ${figures("is_current", "n_")},
      ${countOf("is_current", ["issue"])} as n_issues,
      ${countOf("is_current", ["incident"])} as n_incidents,
      ${byOrigin} as build_incidents_by_origin,
      ${listedIssues("rank <= 3")} as top_issues_by_origin,
      ${listedIssues("is_new")} as new_issues_by_origin,
      ${labs("is_current")} as lab_maps,
      ${figures("not is_current", "prev_n_")},
      ${labs("not is_current")} as prev_lab_maps
    ) as m`,
  );
  if (text === null) throw new TypeError("an aggregate without a row");
  return text;
}

type When = "is_current" | "not is_current";

/** The origin of an issue's first incident of a build. */
const firstReporter = sql`(
  select i.origin from ${incidents} i where i.issue_id = reported.issue_id and i.build_id is not null
  order by i._timestamp, i.id limit 1)`;

function countOf(when: When, what: readonly string[]): SQL {
  const names = sql.raw(what.map((name) => `'${name}'`).join(", "));
  return sql`(select coalesce(sum(total), 0) from counted where ${sql.raw(when)} and what in (${names}))`;
}

function figures(when: When, prefix: string): SQL {
  const name = (what: string) => sql.raw(`${prefix}${what}`);
  return sql`
    (select count(distinct name) from counted where ${sql.raw(when)} and what = 'checkout') as ${name("trees")},
    ${countOf(when, ["checkout"])} as ${name("checkouts")},
    ${countOf(when, ["build"])} as ${name("builds")},
    ${countOf(when, ["boot", "test", "pathless"])} as ${name("tests")}`;
}

const byOrigin = sql`(
  select coalesce(json_object_agg(origin, json_build_object('total_incidents', total, 'n_new_issues', fresh,
    'n_existing_issues', known - fresh, 'n_total_issues', known) order by origin), '{}')
  from (
    select r.origin, sum(r.total) as total, count(distinct r.issue_id) as known, count(distinct n.issue_id) as fresh
    from reported r left join new_issues n on (n.issue_id, n.origin) = (r.issue_id, r.origin) group by r.origin
  ) as counts)`;

function listedIssues(condition: "rank <= 3" | "is_new"): SQL {
  return sql`(
    select coalesce(json_object_agg(origin, items order by origin), '{}') from (
      select origin, json_agg(json_build_object('id', id, 'version', version, 'comment', comment,
        'total_incidents', total_incidents) order by rank) as items
      from known where ${sql.raw(condition)} group by origin
    ) as lists)`;
}

/** Labs as the tests name them: the builds that they tested, boots and other tests. */
function labs(when: When): SQL {
  const total = (what: string) => sql`coalesce(sum(total) filter (where what = '${sql.raw(what)}'), 0)`;
  return sql`(
    select coalesce(json_object_agg(name, json_build_object('builds', builds, 'boots', boots, 'tests', tests) order by name), '{}')
    from (
      select name, ${total("lab_build")} as builds, ${total("boot")} as boots, ${total("test")} as tests
      from counted where ${sql.raw(when)} and name is not null and what in ('lab_build', 'boot', 'test', 'pathless')
      group by name
    ) as counts)`;
}
