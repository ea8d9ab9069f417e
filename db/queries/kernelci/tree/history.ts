import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, tests } from "../../../schema/index.ts";
import { countObject, countsWhere } from "../count-object.ts";
import type { Filters } from "../filters.ts";
import { arrayText, instant, textOf } from "../json-text.ts";
import type { STATUSES } from "../status-count.ts";
import { isOfCommit, isOfTree, type TreeAddress } from "./checkouts.ts";
import { buildPasses, IS_BOOT, incidentsOf, rowPasses, testPasses } from "./history-rows.ts";
import type { Types } from "./types.ts";

export type HistoryQuestion = {
  address: TreeAddress;
  filters: Filters;
  types: Types;
  /** Builds count only through a test that passes the filters. */
  onlyBuildsOfTests: boolean;
  /** Seconds since 1970, both included, of the checkouts. */
  range: { from: number; until: number } | undefined;
};

const COMMITS = 6;
const BUILD_STATUS = sql`coalesce(b.status, 'NULL')`;

/**
 * The counts of a commit and of the five before it on its branch, newest first, as JSON text; null when no checkout is
 * known (contract part 05, "History of commits").
 */
export async function historyOf(db: Database, question: HistoryQuestion): Promise<string | null> {
  const { address, filters, range } = question;
  const { types, joinsTests, countsTests } = joined(question);
  const hasIssues = [filters.build, filters.boot, filters.test].some(({ issues }) => issues.length > 0);
  const test = joinsTests ? testPasses(filters, types.builds) : sql`false`;
  const build = question.onlyBuildsOfTests ? sql`${test} and ${buildPasses(filters)}` : buildPasses(filters);
  const buildCounts = types.builds
    ? sql`coalesce(bool_or(not starts_with(b.id, 'maestro:dummy_') and ${build}), false)`
    : sql`false`;
  // With issue filters a test stands there once for each incident.
  const testCount = countsTests
    ? sql`count(${hasIssues ? sql`distinct t.id` : sql`t.id`}) filter (where ${test})`
    : sql`0`;
  const isKept = range === undefined ? sql`true` : isWithinRange(range);
  return await textOf(
    db,
    sql`
    with head as materialized (
      select max(c.start_time) as time from ${checkouts} c where ${isOfTree(address)} and ${isOfCommit(address.commit)}
    ), newest as materialized (
      select c.git_commit_hash from ${checkouts} c
      where ${isOfTree(address)} and c.git_commit_hash is not null and c.start_time <= (select time from head)
      group by c.git_repository_url, c.git_commit_hash order by max(c.start_time) desc, c.git_commit_hash limit ${COMMITS}
    ), checkout as materialized (
      select c.id, c.git_commit_hash, c.git_commit_name, c.git_commit_tags, c.start_time from ${checkouts} c
      where ${isOfTree(address)} and c.git_commit_hash in (select git_commit_hash from newest)
        and c.start_time <= (select time from head)
    ), per_build as materialized (
      select c.id as checkout_id, b.id as build_id, ${BUILD_STATUS} as build_status, ${IS_BOOT} as is_boot,
        coalesce(t.status, 'NULL') as test_status, ${testCount} as tests, ${buildCounts} as counts
      from checkout c left join ${builds} b on b.checkout_id = c.id
      ${joinsTests ? sql`left join ${tests} t on t.build_id = b.id and ${isOfTypes(types)}` : NO_TEST}
      ${hasIssues ? incidentsOf(joinsTests) : sql``}
      where b.id is null or (${isKept} and ${rowPasses(filters, types.builds)})
      group by c.id, b.id, b.status, ${IS_BOOT}, t.status
    ), first_of as (
      select distinct on (c.git_commit_hash) c.* from checkout c
      where exists (select from per_build p where p.checkout_id = c.id)
      order by c.git_commit_hash, c.start_time, c.id
    ), counted as (
      select c.git_commit_hash, max(c.start_time) as newest,
        ${countObject("PASS", (status) => sql`count(distinct p.build_id) filter (where p.counts and p.build_status = ${text(status)})`)} as builds,
        ${testsWhere(sql`p.is_boot`)} as boots, ${testsWhere(sql`not p.is_boot`)} as tests
      from per_build p join checkout c on c.id = p.checkout_id group by c.git_commit_hash
    )
    select case when exists (select from checkout) then ${arrayText(sql`
      select f.git_commit_hash, f.git_commit_name, f.git_commit_tags, ${instant(sql`f.start_time`)} as earliest_start_time,
        n.builds, n.boots, n.tests
      from first_of f join counted n using (git_commit_hash) order by n.newest desc, git_commit_hash`)} end as text`,
  );
}

/** A hardware filter, and builds by their tests, look at tests that nobody asked to count. */
function joined({ filters, types, onlyBuildsOfTests }: HistoryQuestion) {
  const countsTests = types.boots || types.tests;
  if (countsTests || !(onlyBuildsOfTests || filters.hardware.length > 0))
    return { types, countsTests, joinsTests: countsTests };
  return { types: { builds: true, boots: true, tests: true }, countsTests, joinsTests: true };
}

/** One type alone cuts by the path's first letters, `bootrr` with the boots (contract part 11, trap 8). */
function isOfTypes({ boots, tests: others }: Types): SQL {
  if (boots && others) return sql`true`;
  return boots
    ? sql`(t.path is null or starts_with(t.path, 'boot'))`
    : sql`(t.path is null or not starts_with(t.path, 'boot'))`;
}

/** A test that is none, so that rows of builds alone have the same columns. */
const NO_TEST = sql`left join (select null::text as id, null::text as path, null::text as status, null::float8 as duration,
  null::text as origin, null::jsonb as misc, null::jsonb as environment_misc, null::text[] as environment_compatible) as t on false`;

function isWithinRange({ from, until }: { from: number; until: number }): SQL {
  return sql`c.start_time >= to_timestamp(${from}::float8) and c.start_time <= to_timestamp(${until}::float8)`;
}

const testsWhere = (where: SQL) => countsWhere("pass", { status: sql`p.test_status`, n: sql`p.tests`, where });
const text = (status: (typeof STATUSES)[number]) => sql.raw(`'${status}'`);
