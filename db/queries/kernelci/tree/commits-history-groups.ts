import { type SQL, sql } from "drizzle-orm";
import { builds, incidents, tests } from "../../../schema/index.ts";
import { type Filters, type ItemFilters, isExactlyWithin, isOneOf, isWanted, wantsUncategorized } from "../filters.ts";
import { UNKNOWN } from "./build-rows.ts";
import { IS_BOOT } from "./history-rows.ts";
import type { Types } from "./types.ts";

/**
 * Builds of the CTE `checkout`, counted by what filters act on: (checkout_id, kind, status, n, passes). Those without a
 * configuration are left out (contract part 05, `tree/commits-history`).
 */
export function buildGroups(filters: Filters): SQL {
  const { build: wanted } = filters;
  const issue = groupIssue(wanted, sql`i.build_id = b.id`);
  return sql`
    select c.id as checkout_id, 'build' as kind, b.status, count(distinct b.id) as n,
      ${groupPasses(filters, sql`b.misc ->> 'lab'`)} and ${isOneOf(sql`b.status`, wanted.statuses)} and ${issue.passes} as passes
    from checkout c join ${builds} b on b.checkout_id = c.id ${issue.join}
    where b.config_name is not null and not starts_with(b.id, 'maestro:dummy_') and ${isExactlyWithin(sql`b.duration`, wanted.duration)}
      and ${hardwareOfBuild(filters.hardware)}
    group by c.id, b.status, b.compiler, b.architecture, b.config_name, b.misc ->> 'lab'`;
}

/**
 * Tests of the CTE `checkout`, counted in the same way. Beside builds every test stands under boots, as clients of this
 * route have always seen it; asked for without builds, boots and tests are told apart.
 */
export function testGroups(filters: Filters, types: Types): SQL {
  const isBoot = types.builds ? sql`true` : sql`kind.is_boot`;
  const ofKind = (condition: (wanted: ItemFilters) => SQL) =>
    sql`case when ${isBoot} then ${condition(filters.boot)} else ${condition(filters.test)} end`;
  const hasIssues = filters.boot.issues.length + filters.test.issues.length > 0;
  const issuePasses = hasIssues ? ofKind((wanted) => groupIssue(wanted, sql`true`).passes) : sql`true`;
  return sql`
    select c.id as checkout_id, case when ${isBoot} then 'boot' else 'test' end as kind, t.status, count(distinct t.id) as n,
      ${groupPasses(filters, sql`t.misc ->> 'runtime'`)} and ${ofKind(({ statuses }) => isOneOf(sql`t.status`, statuses))}
        and ${issuePasses} as passes
    from checkout c join ${builds} b on b.checkout_id = c.id join ${tests} t on t.build_id = b.id
    cross join lateral (select ${IS_BOOT} as is_boot) as kind
    ${hasIssues ? sql`left join ${incidents} i on i.test_id = t.id` : sql``}
    where ${isOfTypes(types)} and ${hardwareOfTest(filters.hardware)} and case when kind.is_boot
      then ${isExactlyWithin(sql`t.duration`, filters.boot.duration)} else ${isExactlyWithin(sql`t.duration`, filters.test.duration)} end
    group by c.id, kind.is_boot, t.status, b.compiler, b.architecture, b.config_name, t.misc ->> 'runtime'`;
}

/** What a group is known by; here a missing lab or configuration is none, not Unknown. */
function groupPasses(filters: Filters, lab: SQL): SQL {
  return sql.join(
    [
      isOneOf(sql`coalesce(b.architecture, ${UNKNOWN})`, filters.architectures),
      isOneOf(sql`coalesce(b.compiler, ${UNKNOWN})`, filters.compilers),
      isOneOf(sql`b.config_name`, filters.configs),
      isOneOf(lab, filters.labs),
    ],
    sql` and `,
  );
}

/** A group passes when any incident of it names a wanted issue, or when what has none is wanted and it holds such. */
function groupIssue({ issues: wanted }: ItemFilters, on: SQL): { join: SQL; passes: SQL } {
  if (wanted.length === 0) return { join: sql``, passes: sql`true` };
  const lone = wantsUncategorized(wanted) ? sql`bool_or(i.id is null)` : sql`false`;
  return {
    join: sql`left join ${incidents} i on ${on}`,
    passes: sql`(${lone} or bool_or(${isWanted(wanted, sql`i.issue_id`, sql`i.issue_version`)}))`,
  };
}

function isOfTypes({ boots, tests: others }: Types): SQL {
  if (boots && others) return sql`true`;
  return boots ? sql`kind.is_boot` : sql`t.path is not null and not kind.is_boot`;
}

/** Whether one of a test's compatibles, or its platform, is wanted. */
export function hardwareOfTest(wanted: readonly string[]): SQL {
  if (wanted.length === 0) return sql`true`;
  const names = sql`array(select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))`;
  return sql`(coalesce(t.environment_compatible && ${names}, false) or coalesce(t.environment_misc ->> 'platform' = any(${names}), false))`;
}

/** Whether such a test belongs to a build. */
export function hardwareOfBuild(wanted: readonly string[]): SQL {
  if (wanted.length === 0) return sql`true`;
  return sql`exists (select from ${tests} t where t.build_id = b.id and ${hardwareOfTest(wanted)})`;
}
