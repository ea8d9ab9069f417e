import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, hardwareTestsRollup, incidents, tests } from "../../../schema/index.ts";
import {
  type Filters,
  type ItemFilters,
  isAnyOf,
  isExactlyWithin,
  isOneOf,
  isWanted,
  recordPasses,
  wantsUncategorized,
} from "../filters.ts";
import { UNKNOWN } from "../tree/build-rows.ts";
import { byKind } from "../tree/test-rows.ts";
import { type HardwareQuestion, hasSelection, isInRange } from "./trees.ts";

/*
 * What `summary` counts by (contract part 06): checkout, configuration of the build, board, lab, kind and status. Groups come
 * from the roll-up wherever it holds what is asked: tests whose starts are within the range, and no filter of durations or
 * issues, which only single tests can answer.
 */

/** Whether filters ask for something that the counts kept of tests don't tell. */
function needsTests({ boot, test }: Filters): boolean {
  return [boot, test].some(({ duration, issues }) => isBound(duration) || issues.length > 0);
}

const isBound = ({ least, most }: ItemFilters["duration"]) => least !== undefined || most !== undefined;

/**
 * The CTE `grouped`: (checkout_id, kind, status, compatibles, platform, architecture, compiler, config, lab, n, incidents, shown,
 * shown_incidents, issue_passes, is_asked, is_of_head). `n` are all of a group, `shown` those within the durations asked for. `is_asked` tells
 * whether the selection shows the checkout, `is_of_head` whether a tree's head does.
 */
export function groupsOnHardware(question: HardwareQuestion, filters: Filters): SQL {
  const asked = hasSelection(question) ? sql`is_selected` : sql`true`;
  return sql`
    shown as materialized (
      select hash, bool_or(is_asked) as is_asked, bool_or(is_of_head) as is_of_head from (
        select git_commit_hash as hash, false as is_asked, true as is_of_head from tree
        union all select shown_hash, true, false from tree where ${asked}
      ) as named group by hash
    ), checkout as materialized (
      select c.id, c.origin, c.tree_name, c.git_repository_branch, c.git_repository_url, c.git_commit_hash, c.git_commit_name,
        c.git_commit_tags, c.start_time, s.is_asked, s.is_of_head
      from shown s join ${checkouts} c on c.git_commit_hash = s.hash
    ), ran as materialized (
      select r.*, k.platform, k.compatibles from checkout c cross join board k cross join lateral (
        select * from ${hardwareTestsRollup} where checkout_id = c.id and board = k.board offset 0
      ) as r
    ), build as materialized (
      select b.id, b.origin, b.checkout_id, b.status, b.start_time, b.duration, coalesce(b.architecture, ${UNKNOWN}) as architecture,
        coalesce(b.compiler, ${UNKNOWN}) as compiler, b.config_name, coalesce(b.config_name, ${UNKNOWN}) as config,
        coalesce(b.misc ->> 'lab', ${UNKNOWN}) as lab
      from (select distinct build_id from ran) as n cross join lateral (select * from ${builds} where id = n.build_id offset 0) as b
    ), ${testGroups(question, filters)}, ${buildGroups(question, filters)}, grouped as materialized (
      select g.*, c.is_asked, c.is_of_head from (select * from build_group union all select * from test_group) as g
      join checkout c on c.id = g.checkout_id
    )`;
}

/** Builds of the origin that ran on the hardware, whoever tested them: once for each board. */
function buildGroups(question: HardwareQuestion, { build: wanted }: Filters): SQL {
  const isShown = isExactlyWithin(sql`b.duration`, wanted.duration);
  return sql`
    build_group as (
      select b.checkout_id, 'builds' as kind, b.status, r.compatibles, r.platform, b.architecture, b.compiler, b.config, b.lab,
        count(*) as n, coalesce(sum(i.n), 0) as incidents, count(*) filter (where ${isShown}) as shown,
        coalesce(sum(i.n) filter (where ${isShown}), 0) as shown_incidents, ${issuePasses(wanted)} as issue_passes
      from (select distinct build_id, board, platform, compatibles from ran) as r join build b on b.id = r.build_id
      left join lateral (
        select count(*) as n, bool_or(${isWanted(wanted.issues, sql`i.issue_id`, sql`i.issue_version`)}) as wanted
        from ${incidents} i where i.build_id = b.id offset 0
      ) as i on ${wanted.issues.length > 0 ? sql`true` : sql`b.status = 'FAIL'`}
      where b.origin = ${question.origin} and ${isInRange(sql`b.start_time`, question)} and b.config_name is not null
        and not starts_with(b.id, 'maestro:dummy_')
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    )`;
}

/** Tests of the origin on the hardware: from the counts kept, or test by test where these don't tell. */
function testGroups(question: HardwareQuestion, filters: Filters): SQL {
  const { origin } = question;
  const isWhole = needsTests(filters)
    ? sql`false`
    : sql`r.first_start >= ${question.since}::timestamptz and r.last_start <= ${question.until}::timestamptz`;
  const mayCount = sql`r.last_start >= ${question.since}::timestamptz and r.first_start <= ${question.until}::timestamptz`;
  const onBoard = (platform: SQL) => sql`
    select t.* from ${tests} t where not o.is_whole and t.build_id = o.build_id and t.origin = ${origin} and ${platform}`;
  const kind = (isBoot: SQL) => sql`case when ${isBoot} then 'boots' else 'tests' end`;
  return sql`
    own as materialized (
      select r.*, ${isWhole} as is_whole from ran r where r.test_origin = ${origin} and ${mayCount}
    ), single as materialized (
      select t.id, o.build_id, ${kind(sql`o.is_boot`)} as kind, t.status, o.compatibles, o.platform, o.test_lab, t.duration
      from own o cross join lateral (
        ${onBoard(sql`o.platform is not null and t.environment_misc ->> 'platform' = o.platform`)} union all
        ${onBoard(sql`o.platform is null and t.environment_misc ->> 'platform' is null`)} offset 0
      ) as t
      where t.environment_compatible is not distinct from o.compatibles
        and t.misc ->> 'runtime' is not distinct from o.test_lab
        and (split_part(t.path, '.', 1) = 'boot') is not distinct from o.is_boot and ${isInRange(sql`t.start_time`, question)}
    ), counted as (
      select o.build_id, ${kind(sql`o.is_boot`)} as kind, s.status, o.compatibles, o.platform, o.test_lab, s.n, true as is_shown,
        case when s.status = 'FAIL' then o.fail_incidents else 0 end as incidents, null::boolean as wanted
      from own o cross join lateral (values
        ('PASS', o.pass_tests), ('FAIL', o.fail_tests), ('ERROR', o.error_tests), ('SKIP', o.skip_tests),
        ('MISS', o.miss_tests), ('DONE', o.done_tests), (null, o.null_tests)) as s(status, n)
      where o.is_whole and s.n > 0
      union all
      select t.build_id, t.kind, t.status, t.compatibles, t.platform, t.test_lab, 1,
        ${byKind(filters, ({ duration }) => isExactlyWithin(sql`t.duration`, duration))}, coalesce(i.n, 0), i.wanted
      from single t left join lateral (
        select count(*) as n, bool_or(${byKind(filters, ({ issues }) => isWanted(issues, sql`i.issue_id`, sql`i.issue_version`))}) as wanted
        from ${incidents} i where i.test_id = t.id offset 0
      ) as i on ${needsTests(filters) ? sql`true` : sql`t.status = 'FAIL'`}
    ), test_group as (
      select b.checkout_id, t.kind, t.status, t.compatibles, t.platform, b.architecture, b.compiler, b.config,
        coalesce(t.test_lab, ${UNKNOWN}) as lab, sum(t.n) as n, sum(t.incidents) as incidents,
        coalesce(sum(t.n) filter (where t.is_shown), 0) as shown, coalesce(sum(t.incidents) filter (where t.is_shown), 0) as shown_incidents,
        ${byKind(filters, testIssuePasses)} as issue_passes
      from counted t join build b on b.id = t.build_id
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    )`;
}

/** A group passes when any of its incidents is of an issue asked for; without any it is uncategorized. */
function issuePasses(wanted: ItemFilters): SQL {
  if (wanted.issues.length === 0) return sql`true`;
  const lone = wantsUncategorized(wanted.issues) ? sql`coalesce(sum(i.n), 0) = 0` : sql`false`;
  return sql`(${lone} or coalesce(bool_or(i.wanted), false))`;
}

function testIssuePasses(wanted: ItemFilters): SQL {
  if (wanted.issues.length === 0) return sql`true`;
  const lone = wantsUncategorized(wanted.issues) ? sql`sum(t.incidents) = 0` : sql`false`;
  return sql`(${lone} or coalesce(bool_or(t.wanted), false))`;
}

/** Whether a group `t` of `grouped` passes all filters; no status is none that can be asked for. */
export function groupPasses(filters: Filters): SQL {
  const hardware = sql`coalesce(nullif(t.compatibles, '{}'), array[${UNKNOWN}])`;
  const ofStatus = ({ statuses }: ItemFilters) => isOneOf(sql`t.status`, statuses);
  return sql`t.is_asked and t.issue_passes and ${isAnyOf(hardware, filters.hardware)} and ${recordPasses(
    { ...filters, hardware: [] },
    {
      hardware: UNKNOWN,
      architecture: sql`t.architecture`,
      compiler: sql`t.compiler`,
      config: sql`t.config`,
      lab: sql`t.lab`,
    },
  )} and case t.kind when 'builds' then ${ofStatus(filters.build)} when 'boots' then ${ofStatus(filters.boot)} else ${ofStatus(filters.test)} end`;
}
