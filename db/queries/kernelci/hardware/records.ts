import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, hardwareTestsRollup, incidents, tests } from "../../../schema/index.ts";
import { type Filters, isAnyOf, recordPasses } from "../filters.ts";
import { BUILD_FIELDS, buildPasses, issueTold, UNKNOWN } from "../tree/build-rows.ts";
import { IS_BOOT, judgedTests } from "../tree/test-rows.ts";
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
  const ofBuild = (platform: SQL) => sql`
    select t.* from ran n join ${tests} t on t.build_id = n.build_id and t.origin = ${origin} and ${platform}
    where (t.environment_misc ->> 'platform' = ${hardware} or t.environment_compatible @> array[${hardware}]::text[])
      and ${isInRange(sql`t.start_time`, question)}`;
  return sql`
    checkout as materialized (
      select c.id, c.tree_name, c.git_repository_branch, c.git_repository_url, t.index, coalesce(${chosen}, false) as is_chosen
      from (select distinct shown_hash from tree) as shown join ${checkouts} c on c.git_commit_hash = shown.shown_hash
      left join tree t on t.origin = c.origin and t.tree_name is not distinct from c.tree_name
        and t.git_repository_branch is not distinct from c.git_repository_branch
        and t.git_repository_url is not distinct from c.git_repository_url
    ), ran as materialized (
      select distinct r.build_id, k.platform from checkout c cross join board k
      join ${hardwareTestsRollup} r on r.checkout_id = c.id and r.board = k.board and r.test_origin = ${origin}
    ), build as materialized (
      select ${BUILD_FIELDS}, c.tree_name, c.index, c.is_chosen
      from (select distinct build_id from ran) as n join ${builds} b on b.id = n.build_id join checkout c on c.id = b.checkout_id
    ), record as materialized (
      select t.id, t.build_id, t.origin, coalesce(t.status, 'NULL') as status, t.path,
        case when ${IS_BOOT} then 'boots' else 'tests' end as kind, t.duration, t.start_time, t.log_url, t.environment_compatible,
        ${withEnvironment ? sql`t.environment_misc` : sql`null::jsonb`} as environment_misc,
        coalesce(t.environment_misc ->> 'platform', ${UNKNOWN}) as platform, coalesce(t.misc ->> 'runtime', ${UNKNOWN}) as lab,
        case when t.status in ('FAIL', 'ERROR', 'MISS') then coalesce(t.misc ->> 'error_msg', 'unknown error') end as reason,
        b.architecture, b.compiler, b.config, coalesce(t.status = 'FAIL', false) as has_failed,
        b.index, b.is_chosen, b.tree_name, b.git_repository_branch
      from (${ofBuild(sql`t.environment_misc ->> 'platform' = n.platform`)} union all
        ${ofBuild(sql`n.platform is null and t.environment_misc ->> 'platform' is null`)}) as t
      join build b on b.id = t.build_id
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

/** The CTE `test_row`: each test of `test` with each of its incidents, and whether that row passes the filters. */
export function testRecords(filters: Filters): SQL {
  return judgedTests({ filters, withBuildIncidents: false, chosen: isChosen(filters), withPlatforms: true });
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
