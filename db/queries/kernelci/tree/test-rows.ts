import { type SQL, sql } from "drizzle-orm";
import { incidents, tests } from "../../../schema/index.ts";
import {
  type Filters,
  holdsPath,
  isOneOf,
  isWanted,
  isWithin,
  recordPasses,
  type TestFilters,
  UNCATEGORIZED,
  wantsUncategorized,
} from "../filters.ts";
import { issueTold, UNKNOWN } from "./build-rows.ts";

/** Whether a test `t` is a boot (contract part 01); null without a path. */
export const IS_BOOT = sql`(t.path = 'boot' or starts_with(t.path, 'boot.'))`;

/** Which tests rows are made of; those without a path are neither boots nor tests where these are listed apart. */
export type Kinds = "boots" | "tests" | "both";
const OF_KIND: Readonly<Record<Kinds, SQL>> = { boots: IS_BOOT, tests: sql`not ${IS_BOOT}`, both: sql`true` };

const OWN_HARDWARE = sql`t.environment_compatible[1], t.environment_misc ->> 'platform'`;

/** What a test ran on; one that does not say so on what its build names, but in the list of tests (part 05, Summary object). */
const HARDWARE: Readonly<Record<Kinds, SQL>> = {
  boots: sql`coalesce(${OWN_HARDWARE}, b.platform)`,
  tests: sql`coalesce(${OWN_HARDWARE}, ${UNKNOWN})`,
  both: sql`coalesce(${OWN_HARDWARE}, b.platform)`,
};

/** Looked up test by test: what a commit costs does not depend on how many incidents are stored (offset keeps it so). */
const OWN_INCIDENTS = sql`
  select t.id, t.kind, t.has_failed, i.id as incident_id, i.issue_id, i.issue_version, true as of_test
  from test t cross join lateral (select i.* from ${incidents} i where i.test_id = t.id offset 0) as i`;

/** A build's incidents, on each of its tests. */
const BUILD_INCIDENTS = sql`
  select t.id, t.kind, t.has_failed, i.id, i.issue_id, i.issue_version, i.test_id is not null
  from build b cross join lateral (select i.* from ${incidents} i where i.build_id = b.id offset 0) as i
  join test t on t.build_id = b.id where i.test_id is distinct from t.id`;

type Choice = {
  filters: Filters;
  kinds: Kinds;
  /** Whether a build's incident shows on each of its tests too. */
  withBuildIncidents: boolean;
  /** Whether items will show all of `environment_misc`. */
  withEnvironment?: boolean;
};

/**
 * The CTEs `test`, `pair` and `test_row`: each test with each of its incidents, and whether that row passes the filters.
 * `nth` is 1 for one passing row of each passing test, which is where the test itself counts.
 */
export function testRows({ filters, kinds, withBuildIncidents, withEnvironment = false }: Choice): SQL {
  const chosen = recordPasses(filters, {
    hardware: sql`t.hardware`,
    architecture: sql`t.architecture`,
    compiler: sql`t.compiler`,
    config: sql`t.config`,
    lab: sql`t.lab`,
  });
  return sql`
    test as materialized (
      select t.id, t.build_id, t.origin, coalesce(t.status, 'NULL') as status, coalesce(t.path, ${UNKNOWN}) as path,
        case when ${IS_BOOT} then 'boots' else 'tests' end as kind, t.duration, t.start_time, t.log_url,
        t.environment_compatible, t.environment_compatible[1] as compatible,
        ${withEnvironment ? sql`t.environment_misc` : sql`null::jsonb`} as environment_misc,
        coalesce(t.environment_misc ->> 'platform', ${UNKNOWN}) as platform, coalesce(t.misc ->> 'runtime', ${UNKNOWN}) as lab,
        case when t.status in ('FAIL', 'ERROR', 'MISS') then coalesce(t.misc ->> 'error_msg', 'unknown error') end as reason,
        b.architecture, b.compiler, b.config, ${HARDWARE[kinds]} as hardware,
        t.status is not distinct from 'FAIL' or b.status in ('FAIL', 'NULL') as has_failed
      from build b join ${tests} t on t.build_id = b.id where ${OF_KIND[kinds]}
    ), pair as (
      select *, row_number() over (partition by id, issue_passes order by told_at desc nulls first, incident_id) as nth
      from (
        select t.id, t.incident_id, s.id as issue_id, s.version as issue_version, s.comment, s.report_url, s.told_at,
          s.id is not null and t.of_test as is_known, ${byKind(filters, pairPasses)} as issue_passes
        from (${OWN_INCIDENTS} ${withBuildIncidents ? sql`union all ${BUILD_INCIDENTS}` : sql``}) as t
        left join lateral ${issueTold(sql`t.issue_id`, sql`t.issue_version`)} s on true
      ) as judged
    ), test_row as (
      select t.*, p.issue_id, p.issue_version, p.comment, p.report_url, p.told_at, coalesce(p.is_known, false) as is_known,
        coalesce(p.nth, 1) as nth, t.chosen and t.item_passes
          and case when p.id is null then ${byKind(filters, lonePasses)} else p.issue_passes end as passes
      from (select t.*, ${byKind(filters, itemPasses)} as item_passes, ${chosen} as chosen from test t) as t
      left join pair p on p.id = t.id
    )`;
}

/** Whether a build `b` has no test in `test`. */
export const UNTESTED = sql`not exists (select from test t where t.build_id = b.id)`;

/** A condition over rows with a `kind` that differs between boots and tests. */
export function byKind({ boot, test }: Filters, condition: (wanted: TestFilters) => SQL): SQL {
  return sql`case t.kind when 'boots' then ${condition(boot)} else ${condition(test)} end`;
}

/** Path, status, duration and origin. */
export function itemPasses(wanted: TestFilters): SQL {
  return sql`${holdsPath(sql`t.path`, wanted.path)} and ${isOneOf(sql`t.status`, wanted.statuses)}
    and ${isWithin(sql`t.duration`, wanted.duration)} and ${isOneOf(sql`t.origin`, wanted.origins)}`;
}

/** The issue of a row with an incident; a build's issue counts as uncategorized in its version, which nobody asks for. */
function pairPasses({ issues: wanted }: TestFilters): SQL {
  if (wanted.length === 0) return sql`true`;
  const own = sql`case when t.of_test then s.id else ${UNCATEGORIZED} end`;
  return sql`case when s.id is null then ${lonePasses({ issues: wanted })} else ${isWanted(wanted, own, sql`s.version`)} end`;
}

/** A row without an issue passes as a failure nobody explained. */
export function lonePasses({ issues: wanted }: Pick<TestFilters, "issues">): SQL {
  if (wanted.length === 0) return sql`true`;
  return wantsUncategorized(wanted) ? sql`t.has_failed` : sql`false`;
}

/** The CTEs `test_unit`, `test_told` and `test_unknown`: what `test_row` says in figures. */
export const TEST_FIGURES = sql`
  test_unit as (
    select kind, origin, architecture, compiler, config, lab, compatible, platform, status,
      count(*) filter (where passes and nth = 1)::int as n
    from test_row group by kind, origin, architecture, compiler, config, lab, compatible, platform, status
  ), test_told as (
    select kind, issue_id, issue_version, comment, report_url, status, count(*)::int as n, passes
    from test_row where is_known group by kind, issue_id, issue_version, comment, report_url, status, passes
  ), test_unknown as (
    select kind, true as seen, count(*) filter (where passes)::int as n
    from test_row where status = 'FAIL' and not is_known group by kind
  )`;

/** What single rows tell besides: why tests failed, and the names of hardware, also of builds and checkouts without tests. */
export const ROWS_TELL = {
  reasons: sql`
    select kind, reason, count(*)::int from test_row where passes and nth = 1 and reason is not null group by kind, reason`,
  hardware: sql`
    select hardware from test_row union select b.platform from build b where ${UNTESTED} union
    select ${UNKNOWN} from checkout c where not exists (select from build b where b.checkout_id = c.id)`,
};
