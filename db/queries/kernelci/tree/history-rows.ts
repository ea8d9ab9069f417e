import { type SQL, sql } from "drizzle-orm";
import { incidents, issues } from "../../../schema/index.ts";
import { type Filters, holdsPath, isOneOf, isWanted, isWithin, type TestFilters, UNCATEGORIZED } from "../filters.ts";
import { UNKNOWN } from "./build-rows.ts";

/* Conditions on a row of the history: checkout `c`, build `b`, test `t`, and with issue filters incident `i` and issue `s`. */

/** Whether a test is a boot (contract part 01); one without a path is none. */
export const IS_BOOT = sql`coalesce(t.path = 'boot' or starts_with(t.path, 'boot.'), false)`;

const HAS_FAILED = sql`(b.status is null or b.status in ('FAIL', 'NULL') or t.status = 'FAIL')`;

/** Each incident of a row's test or build; here an issue matches whatever the version the incident names. */
export function incidentsOf(withTests: boolean): SQL {
  const which = withTests ? sql`(i.test_id = t.id or i.build_id = b.id)` : sql`i.build_id = b.id`;
  return sql`left join ${incidents} i on ${which} left join ${issues} s on s.id = i.issue_id`;
}

/**
 * The record filters; all names of its hardware stand for a test, and only without any those of its build. Where builds are
 * not asked for, nothing is known of them.
 */
export function rowPasses(filters: Filters, showsBuilds: boolean): SQL {
  const ofBuild = (value: SQL) => (showsBuilds ? sql`coalesce(${value}, ${UNKNOWN})` : UNKNOWN);
  return sql.join(
    [
      isOneOf(ofBuild(sql`b.architecture`), filters.architectures),
      isOneOf(ofBuild(sql`b.compiler`), filters.compilers),
      isOneOf(ofBuild(sql`b.config_name`), filters.configs),
      isOneOf(sql`coalesce(t.misc ->> 'runtime', ${UNKNOWN})`, filters.labs),
      hardwarePasses(filters.hardware, showsBuilds ? sql`b.misc ->> 'platform'` : sql`null::text`),
    ],
    sql` and `,
  );
}

function hardwarePasses(wanted: readonly string[], ofBuild: SQL): SQL {
  if (wanted.length === 0) return sql`true`;
  const platform = sql`t.environment_misc ->> 'platform'`;
  const known = sql`(${platform} <> '' and lower(${platform}) <> 'unknown')`;
  const named = sql`coalesce(t.environment_compatible, '{}') || case when ${known} then array[${platform}] else '{}' end`;
  return sql`exists (
    select from unnest(coalesce(nullif(${named}, '{}'), array[${ofBuild}])) as hardware(name)
    where ${isOneOf(sql`hardware.name`, wanted)})`;
}

/** Whether a row's test passes the filters of its kind. */
export function testPasses({ boot, test }: Filters, showsBuilds: boolean): SQL {
  const hasFailed = showsBuilds ? HAS_FAILED : sql`true`;
  return sql`t.id is not null and case when ${IS_BOOT} then ${itemPasses(boot, hasFailed)} else ${itemPasses(test, hasFailed)} end`;
}

/** Where builds are not shown, every test without an issue counts as a failure without one. */
function itemPasses(wanted: TestFilters, hasFailed: SQL): SQL {
  const passes = sql`${isOneOf(sql`coalesce(t.status, 'NULL')`, wanted.statuses)} and ${isWithin(sql`t.duration`, wanted.duration)}
    and ${isOneOf(sql`t.origin`, wanted.origins)} and ${holdsPath(sql`t.path`, wanted.path)}`;
  if (wanted.issues.length === 0) return passes;
  const issue = sql`case when s.id is null then case when ${hasFailed} then ${UNCATEGORIZED} end
    when i.test_id is null then ${UNCATEGORIZED} else s.id end`;
  return sql`${passes} and ${isWanted(wanted.issues, issue, sql`s.version`)}`;
}

/** Whether a row's build passes the filters of builds; one that didn't fail has no issue. */
export function buildPasses({ build: wanted }: Filters): SQL {
  const passes = sql`${isOneOf(sql`coalesce(b.status, 'NULL')`, wanted.statuses)} and ${isWithin(sql`b.duration`, wanted.duration)}
    and ${isOneOf(sql`b.origin`, wanted.origins)}`;
  if (wanted.issues.length === 0) return passes;
  const issue = sql`case when (s.id is null) = (i.test_id is null) then ${UNCATEGORIZED} else s.id end`;
  return sql`${passes} and (b.status is null or b.status in ('FAIL', 'NULL'))
    and ${isWanted(wanted.issues, issue, sql`s.version`)}`;
}
