import { type SQL, sql } from "drizzle-orm";
import { builds, incidents, issues } from "../../../schema/index.ts";
import {
  type Filters,
  type ItemFilters,
  isOneOf,
  isWanted,
  isWithin,
  recordPasses,
  UNCATEGORIZED,
} from "../filters.ts";

/** What is unknown about a row reads so. */
export const UNKNOWN = sql`'Unknown'`;

/** The fields of a build `b` of a checkout `c` that rows are made of, with what is missing filled in. */
export const BUILD_FIELDS = sql`b.id, b.checkout_id, b.origin, coalesce(b.architecture, ${UNKNOWN}) as architecture,
  coalesce(b.compiler, ${UNKNOWN}) as compiler, coalesce(b.config_name, ${UNKNOWN}) as config, coalesce(b.status, 'NULL') as status,
  b.duration, case when b.misc is not null then coalesce(b.misc ->> 'lab', ${UNKNOWN}) end as lab,
  coalesce(b.misc ->> 'platform', ${UNKNOWN}) as platform, starts_with(b.id, 'maestro:dummy_') as is_dummy, c.git_repository_url, c.git_repository_branch`;

/** The CTE `build`: the builds that belong to the checkouts of the CTE `checkout`. */
export const BUILDS = sql`build as materialized (
  select ${BUILD_FIELDS} from checkout c join ${builds} b on b.checkout_id = c.id
)`;

/** Whether a build passes the record filters when no test lends it hardware and lab. */
function aloneChosen(filters: Filters, hardware: SQL): SQL {
  const { architecture, compiler, config } = {
    architecture: sql`b.architecture`,
    compiler: sql`b.compiler`,
    config: sql`b.config`,
  };
  return recordPasses(filters, { hardware, lab: UNKNOWN, architecture, compiler, config });
}

/** The issue of an incident, by its exact version, as a lateral subquery; offset keeps it a look-up by id. */
export function issueTold(id: SQL, version: SQL): SQL {
  return sql`(select s.id, s.version, s.comment, s.report_url, s._timestamp as told_at from ${issues} s
    where s.id = ${id} and s.version = ${version} offset 0)`;
}

/** Which incidents and builds, and what stands for a build's hardware. */
type Alone = { incident?: SQL; build?: SQL; hardware?: SQL };

/** A select of builds with each of their incidents: the rows of builds without their tests. */
export function buildsAlone(
  filters: Filters,
  { incident = sql`true`, build = sql`true`, hardware = sql`b.platform` }: Alone = {},
): SQL {
  return sql`
    select b.id as build_id, ${aloneChosen(filters, hardware)} as chosen, i.test_id is not null as of_test,
      s.id as issue_id, s.version as issue_version, s.comment, s.report_url, s.told_at
    from build b left join lateral (select i.* from ${incidents} i where i.build_id = b.id and ${incident} offset 0) i on true
    left join lateral ${issueTold(sql`i.issue_id`, sql`i.issue_version`)} s on true where ${build}`;
}

/**
 * The CTE `build_row`: which of the rows given pass the filters of builds, and whose issue is the build's own. A test's
 * issue, and none at all, count as uncategorized; a build that didn't fail has no issue (part 04).
 */
export function buildRows({ build: wanted }: Filters, rows: SQL): SQL {
  return sql`build_row as materialized (
    select b.id, b.status, r.issue_id, r.issue_version, r.comment, r.report_url, r.told_at,
      r.issue_id is not null and not r.of_test and b.status in ('FAIL', 'NULL') as is_known, ${buildPasses(wanted)} as passes
    from build b join (${rows}) r on r.build_id = b.id
  )`;
}

/** Whether a build `b` passes the filters of builds through a row `r` of it. */
export function buildPasses(wanted: ItemFilters): SQL {
  const issue = sql`case when r.issue_id is null or r.of_test then ${UNCATEGORIZED} else r.issue_id end`;
  const issuePasses =
    wanted.issues.length === 0
      ? sql`true`
      : sql`b.status in ('FAIL', 'NULL') and ${isWanted(wanted.issues, issue, sql`r.issue_version`)}`;
  return sql`r.chosen and not b.is_dummy and ${isOneOf(sql`b.status`, wanted.statuses)}
    and ${isWithin(sql`b.duration`, wanted.duration)} and ${isOneOf(sql`b.origin`, wanted.origins)} and ${issuePasses}`;
}

/** The CTEs `unit`, `told` and `unknown` of builds; `times` is how often each row stands in the answer's source. */
export function buildFigures(times: SQL): SQL {
  return sql`
    build_unit as (
      select 'builds' as kind, b.origin, b.architecture, b.compiler, b.config, b.lab, null as compatible, null as platform,
        b.status, count(*) filter (where b.id in (select id from build_row where passes))::int as n
      from build b group by b.origin, b.architecture, b.compiler, b.config, b.lab, b.status
    ), build_told as (
      select 'builds' as kind, issue_id, issue_version, comment, report_url, status, (count(*) * ${times})::int as n, passes
      from build_row where is_known group by issue_id, issue_version, comment, report_url, status, passes
    ), build_unknown as (
      select 'builds' as kind, coalesce(bool_or(not is_known), false) as seen,
        count(distinct id) filter (where passes and not is_known)::int as n
      from build_row where status = 'FAIL'
    )`;
}
