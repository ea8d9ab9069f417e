import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, hardwareTestsRollup, incidents, tests } from "../../../schema/index.ts";
import { type Filters, isAnyOf, isOneOf, isWanted, recordPasses, type TestFilters } from "../filters.ts";
import { BUILD_FIELDS, buildPasses, issueTold, UNKNOWN } from "../tree/build-rows.ts";
import { byKind, IS_BOOT, itemPasses, lonePasses } from "../tree/test-rows.ts";
import { type HardwareQuestion, hasSelection, isInRange } from "./trees.ts";

/**
 * The CTEs `build` and `record`: the tests of the origin on the hardware that started in the range, of any checkout whose commit
 * is shown, with their builds (contract part 06, Records). `index` is that of the tree that the checkout belongs to, if any;
 * `is_chosen` tells whether the selection shows it. `test` are those of trees, of one kind if one is named.
 */
export function recordsOnHardware(
  question: HardwareQuestion,
  { kind, withEnvironment = false }: { kind?: "boots" | "tests"; withEnvironment?: boolean } = {},
): SQL {
  const { hardware, origin } = question;
  const chosen = hasSelection(question)
    ? sql`t.is_selected and c.git_commit_hash = t.shown_hash`
    : sql`t.index is not null`;
  // Fenced off from what follows, for which a plan without values would choose indexes of all tests.
  const onBoard = (platform: SQL) =>
    sql`select t.* from ${tests} t where t.build_id = b.id and t.origin = ${origin} and ${platform}`;
  return sql`
    checkout as materialized (
      select c.id, c.tree_name, c.git_repository_branch, c.git_repository_url, t.index, coalesce(${chosen}, false) as is_chosen
      from (select distinct shown_hash from tree) as shown join ${checkouts} c on c.git_commit_hash = shown.shown_hash
      left join tree t on t.origin = c.origin and t.tree_name is not distinct from c.tree_name
        and t.git_repository_branch is not distinct from c.git_repository_branch
        and t.git_repository_url is not distinct from c.git_repository_url
    ), ran as materialized (
      select distinct r.build_id, k.platform, c.* from checkout c cross join board k cross join lateral (
        select r.build_id from ${hardwareTestsRollup} r
        where r.checkout_id = c.id and r.board = k.board and r.test_origin = ${origin} offset 0
      ) as r
    ), build as materialized (
      select ${BUILD_FIELDS}, c.tree_name, c.index, c.is_chosen from (select distinct on (build_id) * from ran) as c
      cross join lateral (select * from ${builds} where id = c.build_id offset 0) as b
    ), record as materialized (
      select t.id, t.build_id, t.origin, coalesce(t.status, 'NULL') as status, t.path,
        case when ${IS_BOOT} then 'boots' else 'tests' end as kind, t.duration, t.start_time, t.log_url, t.environment_compatible,
        ${withEnvironment ? sql`t.environment_misc` : sql`null::jsonb`} as environment_misc,
        coalesce(t.environment_misc ->> 'platform', ${UNKNOWN}) as platform, coalesce(t.misc ->> 'runtime', ${UNKNOWN}) as lab,
        case when t.status in ('FAIL', 'ERROR', 'MISS') then coalesce(t.misc ->> 'error_msg', 'unknown error') end as reason,
        b.architecture, b.compiler, b.config, coalesce(t.status = 'FAIL', false) as has_failed,
        b.index, b.is_chosen, b.tree_name, b.git_repository_branch
      from ran n join build b on b.id = n.build_id cross join lateral (
        ${onBoard(sql`t.environment_misc ->> 'platform' = n.platform`)} union all
        ${onBoard(sql`n.platform is null and t.environment_misc ->> 'platform' is null`)} offset 0
      ) as t
      where (t.environment_misc ->> 'platform' = ${hardware} or t.environment_compatible @> array[${hardware}]::text[])
        and ${isInRange(sql`t.start_time`, question)}
    ), test as materialized (
      select * from record t where t.index is not null ${kind === undefined ? sql`` : sql`and t.kind = ${kind}`}
    )`;
}

/** Whether a test `t` is shown and passes the record filters; its platform is none of its hardware names here. */
function isChosen(filters: Filters): SQL {
  const hardware = sql`coalesce(nullif(t.environment_compatible, '{}'), array[${UNKNOWN}])`;
  return sql`t.is_chosen and ${isAnyOf(hardware, filters.hardware)} and ${recordPasses(
    { ...filters, hardware: [] },
    {
      hardware: UNKNOWN,
      architecture: sql`t.architecture`,
      compiler: sql`t.compiler`,
      config: sql`t.config`,
      lab: sql`t.lab`,
    },
  )}`;
}

/**
 * The CTE `test_row`: each test of `test` with each of its incidents, and whether that row passes the filters. `nth` is 1 for
 * one passing row of each passing test, which is where the test itself counts.
 */
export function testRecords(filters: Filters): SQL {
  const passes = (wanted: TestFilters) => sql`
    ${itemPasses(wanted)} and ${isOneOf(sql`t.platform`, wanted.platforms)} and ${issuePasses(wanted)}`;
  return sql`
    test_row as materialized (
      select *, row_number() over (partition by id, passes order by told_at desc nulls first, incident_id) as nth
      from (
        select t.*, i.*, coalesce(i.issue_id is not null, false) as is_known, t.chosen and ${byKind(filters, passes)} as passes
        from (select t.*, ${isChosen(filters)} as chosen from test t) as t left join lateral (
          select i.id as incident_id, s.id as issue_id, s.version as issue_version, s.comment, s.report_url, s.told_at
          from ${incidents} i left join lateral ${issueTold(sql`i.issue_id`, sql`i.issue_version`)} s on true
          where i.test_id = t.id offset 0
        ) as i on true
      ) as t
    )`;
}

/** The issue of a row; one without is a failure nobody explained, or passes no filter. */
function issuePasses({ issues: wanted }: TestFilters): SQL {
  if (wanted.length === 0) return sql`true`;
  return sql`case when i.issue_id is null then ${lonePasses({ issues: wanted })}
    else ${isWanted(wanted, sql`i.issue_id`, sql`i.issue_version`)} end`;
}

/**
 * The CTEs `build_incident` and `build_row`: each build of `test` with each of its incidents, and whether that row passes the
 * filters of builds and any of the build's tests those of records. `nth` is 1 for the row that a passing build is shown by.
 */
export function buildRecords(filters: Filters): SQL {
  return sql`
    build_incident as materialized (
      select b.id as build_id, i.id as incident_id, i.test_id is not null as of_test,
        s.id as issue_id, s.version as issue_version, s.told_at
      from build b cross join lateral (select i.* from ${incidents} i where i.build_id = b.id offset 0) as i
      left join lateral ${issueTold(sql`i.issue_id`, sql`i.issue_version`)} s on true
    ), build_row as materialized (
      select b.*, r.issue_id, r.issue_version, r.told_at, r.incident_id, ${buildPasses(filters.build)} as passes,
        row_number() over (partition by b.id, ${buildPasses(filters.build)} order by r.told_at desc nulls first, r.incident_id) as nth
      from build b join (
        select t.build_id, t.chosen, i.incident_id, i.of_test, i.issue_id, i.issue_version, i.told_at
        from (select t.build_id, bool_or(${isChosen(filters)}) as chosen from test t group by t.build_id) as t
        left join build_incident i on i.build_id = t.build_id
      ) r on r.build_id = b.id
    )`;
}
