import { type SQL, sql } from "drizzle-orm";
import { issues, treeTestsRollup } from "../../../schema/index.ts";
import { type Filters, isOneOf, isWanted, recordPasses, type TestFilters, wantsUncategorized } from "../filters.ts";
import { UNKNOWN } from "./build-rows.ts";
import { byKind } from "./test-rows.ts";

/**
 * The CTE `rollup`: the counts kept for the tests of the newest checkout in `checkout`, and whether each group passes the
 * filters. Statuses select counters, not groups; durations have no effect (part 05, "summary works on two sources").
 */
export function rollupRows(filters: Filters): SQL {
  return sql`
    newest as (select * from checkout order by _timestamp desc limit 1),
    rollup as materialized (
      select t.*, ${recordPasses(filters, {
        hardware: sql`t.hardware_key`,
        architecture: sql`t.build_architecture`,
        compiler: sql`t.build_compiler`,
        config: sql`t.build_config_name`,
        lab: sql`t.lab`,
      })} and ${byKind(filters, groupPasses)} as passes, ${byKind(filters, ({ statuses }) =>
        isOneOf(sql`'FAIL'`, statuses),
      )} as counts_fail
      from (
        select r.*, case when r.is_boot then 'boots' else 'tests' end as kind, coalesce(r.test_lab, ${UNKNOWN}) as lab,
          coalesce(r.test_origin, ${UNKNOWN}) as test_from
        from newest n join ${treeTestsRollup} r on r.git_commit_hash = n.git_commit_hash and r.origin = n.origin
          and r.tree_name is not distinct from n.tree_name
          and r.git_repository_branch is not distinct from n.git_repository_branch
          and r.git_repository_url is not distinct from n.git_repository_url
        where r.total_tests > 0
      ) as t
    )`;
}

/** Issue, platform and origin of a group of tests. */
function groupPasses(wanted: TestFilters): SQL {
  const { issues: wantedIssues } = wanted;
  const lone = wantsUncategorized(wantedIssues) ? sql`coalesce(t.issue_uncategorized, false)` : sql`false`;
  const issuePasses =
    wantedIssues.length === 0
      ? sql`true`
      : sql`case when t.issue_id is null then ${lone} else ${isWanted(wantedIssues, sql`t.issue_id`, sql`t.issue_version`)} end`;
  return sql`${issuePasses} and ${isOneOf(sql`t.test_platform`, wanted.platforms)}
    and ${isOneOf(sql`t.test_origin`, wanted.origins)}`;
}

/** The CTEs `rollup_unit`, `rollup_told` and `rollup_unknown`: what `rollup` says in figures. */
export function rollupFigures(filters: Filters): SQL {
  const counts = (status: SQL) => byKind(filters, ({ statuses }) => isOneOf(status, statuses));
  return sql`
    rollup_unit as (
      select t.kind, t.test_from as origin, t.build_architecture as architecture, t.build_compiler as compiler,
        t.build_config_name as config, t.lab,
        case when t.hardware_key = ${UNKNOWN} or t.hardware_key = t.test_platform then null else t.hardware_key end as compatible,
        t.test_platform as platform, s.status,
        coalesce(sum(s.n) filter (where t.passes and ${counts(sql`s.status`)}), 0)::int as n
      from rollup t cross join lateral (values
        ('PASS', t.pass_tests), ('FAIL', t.fail_tests), ('ERROR', t.error_tests), ('SKIP', t.skip_tests),
        ('MISS', t.miss_tests), ('DONE', t.done_tests), ('NULL', t.null_tests)) as s(status, n)
      where s.n > 0 group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    ), rollup_told as (
      select t.kind, t.issue_id, t.issue_version, i.comment, i.report_url, s.status, sum(s.n)::int as n, t.passes
      from rollup t left join ${issues} i on i.id = t.issue_id and i.version = t.issue_version
      cross join lateral (values ('FAIL', t.fail_tests), ('ERROR', t.error_tests), ('MISS', t.miss_tests)) as s(status, n)
      where t.issue_id is not null and t.issue_version is not null group by 1, 2, 3, 4, 5, 6, 8
    ), rollup_unknown as (
      select t.kind, true as seen, coalesce(sum(t.fail_tests) filter (where t.passes and t.counts_fail), 0)::int as n
      from rollup t where t.issue_uncategorized and t.fail_tests > 0 group by t.kind
    )`;
}
