import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, incidents, issues, tests } from "../../../schema/index.ts";
import { countObject } from "../count-object.ts";
import { arrayJson, instant, objectText, textOf } from "../json-text.ts";
import { type Reported, reportedCheckout } from "./checkout.ts";
import { histories, historiesOf } from "./histories.ts";

const IS_BOOT = sql`(t.path = 'boot' or starts_with(t.path, 'boot.'))`;

/**
 * The report of a branch's newest commit as JSON text; null when no checkout lies in the interval (contract part 05).
 * `further` are fields that stand before the others, of the reported checkout `r`.
 */
export async function reportOf(db: Database, question: Reported, further: SQL = sql``): Promise<string | null> {
  return await textOf(
    db,
    sql`
    with ${reportedCheckout(question)}, ${histories(question)}
    select ${objectText(sql`
      select ${further} 'https://d.kernelci.org/tree/' || coalesce(r.tree_name, '') || '/' || r.git_repository_branch || '/'
          || r.git_commit_hash || '?o=' || r.origin as dashboard_url,
        r.git_repository_url as git_url, r.git_repository_branch as git_branch, r.git_commit_hash as commit_hash, r.origin,
        ${instant(sql`r.start_time`)} as checkout_start_time,
        (select ${buildCounts()} from commit_build b where not starts_with(b.id, 'maestro:dummy_')) as build_status_summary,
        tested.boots as boot_status_summary, tested.tests as test_status_summary,
        ${historiesOf("regression")} as possible_regressions, ${historiesOf("fixed")} as fixed_regressions,
        ${historiesOf("unstable")} as unstable_tests,
        (select row_to_json(found) from (select ${arrayJson(BUILD_ISSUES)} as builds) as found) as issues
      from reported r cross join (
        select ${testCounts(IS_BOOT)} as boots, ${testCounts(sql`not ${IS_BOOT}`)} as tests
        from commit_build b join ${tests} t on t.build_id = b.id where t.path is not null
      ) as tested`)} as text`,
  );
}

const isStatus = (of: SQL, status: string) => sql`coalesce(${of}, 'NULL') = ${sql.raw(`'${status}'`)}`;

function buildCounts(): SQL {
  return countObject("PASS", (status) => sql`count(*) filter (where ${isStatus(sql`b.status`, status)})`);
}

function testCounts(isOfKind: SQL): SQL {
  return countObject(
    "pass_count",
    (status) => sql`count(*) filter (where ${isOfKind} and ${isStatus(sql`t.status`, status)})`,
  );
}

/** The issues of the checkout's failed builds; one is new when the first incident of it belongs to this checkout. */
const BUILD_ISSUES = sql`
  select s.id as issue_id, b.id as build_id, s.version, s.comment, s.report_url, s.culprit_code, s.culprit_tool,
    s.culprit_harness, ${instant(sql`seen._timestamp`)} as first_seen,
    coalesce(coalesce(seen_build.checkout_id, tested_build.checkout_id) = r.id, false) as is_new_issue
  from reported r join commit_build b on b.checkout_id = r.id and b.status = 'FAIL'
  join (select distinct build_id, issue_id, issue_version from ${incidents}
    where build_id in (select id from commit_build)) as i on i.build_id = b.id
  join ${issues} s on s.id = i.issue_id and s.version = i.issue_version
  cross join lateral (select f._timestamp, f.build_id, f.test_id from ${incidents} f where f.issue_id = s.id
    order by f.issue_version, f._timestamp, f.id limit 1) as seen
  left join ${builds} seen_build on seen_build.id = seen.build_id
  left join ${tests} seen_test on seen_test.id = seen.test_id
  left join ${builds} tested_build on tested_build.id = seen_test.build_id
  order by s.id, s.version, b.id`;
