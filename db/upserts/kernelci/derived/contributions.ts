import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, incidents, tests } from "../../../schema/index.ts";
import { eachCounter, groupColumns, LISTED } from "./groups.ts";
import { eachOf } from "./ids.ts";

/* What each stored object counts for in the derived tables (contract part 02): one definition for the deltas that a
   submission makes and for a recount. */

/** A dummy build carries tests and is no build itself. */
const IS_BUILD = sql.raw(`b.id not like 'maestro:dummy\\_%'`);

/** The identity of a checkout `c`, as listings group by it. */
export const COMMIT = sql.raw(
  "c.origin, c.tree_name, c.git_repository_url, c.git_repository_branch, c.git_commit_hash",
);

/**
 * One row for each test whose build and checkout are stored: everything that a count looks at. `named` is a relation of
 * distinct test ids, `parents` one of distinct build ids whose tests are meant too. A test's issue is that of its earliest
 * incident.
 */
export function testFacts(named: SQL, parents: SQL): SQL {
  return sql`
    select t.id, t.origin as test_origin, t.status, b.id as build_id, b.status as build_status, ${IS_BUILD} as is_build,
      c.id as checkout_id, ${COMMIT}, coalesce(c.start_time, c._timestamp) as start_time,
      coalesce(nullif(split_part(t.path, '.', 1), ''), '-') as path_group,
      coalesce(split_part(t.path, '.', 1) = 'boot', false) as is_boot,
      coalesce(nullif(b.config_name, ''), 'Unknown') as build_config_name,
      coalesce(nullif(b.architecture, ''), 'Unknown') as build_architecture,
      coalesce(nullif(b.compiler, ''), 'Unknown') as build_compiler,
      coalesce(nullif(t.environment_compatible[1], ''), nullif(t.environment_misc->>'platform', ''), 'Unknown') as hardware_key,
      t.environment_misc->>'platform' as test_platform, t.environment_compatible as compatibles,
      case when t.environment_misc->>'platform' is not null or cardinality(t.environment_compatible) > 0
        then md5(json_build_array(t.environment_misc->>'platform', t.environment_compatible)::text) end as board,
      case when t.path is not null then split_part(t.path, '.', 1) = 'boot' end as is_boot_path, t.start_time as test_start,
      case when t.status = 'FAIL' then (select count(*) from ${incidents} f where f.test_id = t.id) else 0 end as fail_incidents,
      t.misc->>'runtime' as test_lab, i.issue_id, i.issue_version,
      coalesce(t.status = 'FAIL' and i.issue_id is null, false) as issue_uncategorized
    from (
      select t.* from ${parents} parent ${eachOf(tests, "t", "build_id = parent.id")}
      union all
      select t.* from ${named} named ${eachOf(tests, "t", "id = named.id")} where t.build_id not in (select id from ${parents})
    ) as t
    ${eachOf(builds, "b", "id = t.build_id")} ${eachOf(checkouts, "c", "id = b.checkout_id")}
    left join lateral (
      select first.issue_id, first.issue_version from ${incidents} first
      where first.test_id = t.id order by first._timestamp, first.id limit 1
    ) i on true`;
}

/** One row for each build whose checkout is stored; `touched` is a relation of build ids. */
export function buildFacts(touched: SQL): SQL {
  return sql`
    select b.id as build_id, b.status, ${IS_BUILD} as is_build, c.id as checkout_id, ${COMMIT}
    from ${touched} touched_build ${eachOf(builds, "b", "id = touched_build.id")} ${eachOf(checkouts, "c", "id = b.checkout_id")}`;
}

/** Ids of the builds of a relation of checkout ids. */
export const buildsOf = (parents: SQL): SQL =>
  sql`select b.id from ${parents} parent ${eachOf(builds, "b", "checkout_id = parent.id")}`;

/** The tests of a relation of test facts, counted into the groups of the roll-up. */
export function rollupOf(facts: SQL): SQL {
  const columns = groupColumns("rollup");
  return sql`select ${columns}, ${eachCounter("rollup", (name) => `${countTestsAs(name)} as ${name}`)} from ${facts} group by ${columns}`;
}

/** The tests of a relation of test facts, counted by build and board; a test that names no hardware counts nowhere. */
export function boardTestsOf(facts: SQL): SQL {
  return sql`select ${BOARD}, is_boot_path as is_boot, ${eachCounter("board", (name) => `${countTestsAs(name)} as ${name}`)}
    from ${facts} where board is not null group by ${BOARD}, is_boot_path`;
}

/** When the tests of each of those groups started; a test without a start may have started ever. */
export function boardStarts(facts: SQL): SQL {
  return sql`select ${BOARD}, is_boot_path as is_boot, min(coalesce(test_start, '-infinity')) as first_start,
    max(coalesce(test_start, 'infinity')) as last_start from ${facts} where board is not null group by ${BOARD}, is_boot_path`;
}

/** The columns of a group of boards but one: `is_boot` of the facts is never null, there it is for tests without a path. */
const BOARD = sql.raw("checkout_id, board, test_origin, build_id, test_lab");

function countTestsAs(counter: string): string {
  if (counter === "fail_incidents") return "sum(fail_incidents)";
  const status = counter.slice(0, -"_tests".length);
  if (status === "total") return "count(*)";
  return `count(*) filter (where status ${status === "null" ? "is null" : `= '${status.toUpperCase()}'`})`;
}

/** The tests of a relation of test facts, counted by test origin, platform and checkout; tests without platform nowhere. */
export function hardwareTestsOf(facts: SQL): SQL {
  return sql`select test_origin, test_platform as platform, checkout_id, ${countTests}
    from ${facts} where test_platform <> '' group by test_origin, test_platform, checkout_id`;
}

/** The platforms that each build was tested on, by origin of the tests: a build counts once for each of them. */
export function platformsOf(facts: SQL): SQL {
  return sql`select distinct build_id, test_origin, test_platform as platform, checkout_id, build_status
    from ${facts} where test_platform <> '' and is_build`;
}

export function hardwareBuildsOf(platforms: SQL): SQL {
  return sql`select test_origin, platform, checkout_id, ${countBuilds("build_status")}
    from ${platforms} group by test_origin, platform, checkout_id`;
}

export function listingTestsOf(facts: SQL): SQL {
  const columns = groupColumns("listing");
  return sql`select ${columns}, ${countTests} from ${facts} group by ${columns}`;
}

export function listingBuildsOf(facts: SQL): SQL {
  const columns = groupColumns("listing");
  return sql`select ${columns}, ${countBuilds("status")} from ${facts} where is_build group by ${columns}`;
}

const OUTCOMES = {
  pass: (status: string) => `${status} = 'PASS'`,
  failed: (status: string) => `${status} = 'FAIL'`,
  inc: (status: string) => `(${status} is null or ${status} not in ('PASS', 'FAIL'))`,
};

const countTests = sql.raw(
  LISTED.map((name) => {
    if (name.startsWith("build_")) return `0 as ${name}`;
    return `count(*) filter (where ${name.startsWith("boot_") ? "is_boot" : "not is_boot"} and ${isOutcome(name, "status")}) as ${name}`;
  }).join(", "),
);

const countBuilds = (status: string) =>
  sql.raw(
    LISTED.map((name) =>
      name.startsWith("build_") ? `count(*) filter (where ${isOutcome(name, status)}) as ${name}` : `0 as ${name}`,
    ).join(", "),
  );

function isOutcome(counter: string, status: string): string {
  for (const [outcome, condition] of Object.entries(OUTCOMES))
    if (counter.endsWith(`_${outcome}`)) return condition(status);
  throw new TypeError(`no outcome in ${counter}`);
}
