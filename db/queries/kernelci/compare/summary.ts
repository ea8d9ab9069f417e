import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { builds, treeTestsRollup } from "../../../schema/index.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import { buildPairs, testPairs } from "./pairs.ts";
import { type Compared, checkoutsCompared } from "./sides.ts";

const Kind = z.enum(["builds", "boots", "tests"]);
const Side = z.strictObject({ pass: z.int(), fail: z.int(), inconclusive: z.int() });

/** How identities went from A to B (contract part 05, Comparison of two commits). */
export const Changes = z.strictObject({
  regression: z.int(),
  fixed: z.int(),
  newFailure: z.int(),
  stillFailing: z.int(),
  newPass: z.int(),
  appeared: z.int(),
  disappeared: z.int(),
});

/** The counts of one kind. */
export const Comparison = z.strictObject({
  sideA: Side,
  sideB: Side,
  delta: z.strictObject({ pass: z.int(), fail: z.int() }).describe("side B minus side A"),
  changes: Changes,
});

const Rows = z.object({ url: z.string(), summary: z.record(Kind, Comparison) });

/** The counts of two commits side by side, and the repository of their builds, `""` without any. A commit nobody knows counts zero. */
export async function comparisonOf(db: Database, compared: Compared): Promise<z.infer<typeof Rows>> {
  return await onlyBoundedRow(
    db,
    Rows,
    sql`
    with ${checkoutsCompared(compared)}, counted as materialized (
      ${BUILDS}
      union all
      ${TESTS}
    ), changed as materialized (
      select 'builds' as kind, ${CHANGES} as changes from (${buildPairs()}) as pair
      union all
      select k.kind, ${CHANGES} from (values ('boots'), ('tests')) as k(kind)
      left join (${testPairs("both")}) as pair
        on (pair.path = 'boot' or starts_with(pair.path, 'boot.')) = (k.kind = 'boots')
      group by k.kind
    )
    select coalesce((
        select c.git_repository_url from checkout c where exists (
          select from ${builds} b where b.checkout_id = c.id and ${COUNTS}) order by c.side limit 1
      ), '') as url, json_object_agg(d.kind, json_build_object(
        'sideA', ${side("a")}, 'sideB', ${side("b")},
        'delta', json_build_object('pass', ${number("b", "pass")} - ${number("a", "pass")}, 'fail', ${number("b", "fail")} - ${number("a", "fail")}),
        'changes', d.changes)) as summary
    from changed d
      left join counted a on a.kind = d.kind and a.side = 'a'
      left join counted b on b.kind = d.kind and b.side = 'b'`,
  );
}

const COUNTS = sql`not starts_with(b.id, 'maestro:dummy_')`;

const BUILDS = sql`
  select 'builds' as kind, c.side, count(*) filter (where upper(b.status) = 'PASS') as pass,
    count(*) filter (where upper(b.status) = 'FAIL') as fail,
    count(*) filter (where coalesce(upper(b.status) not in ('PASS', 'FAIL'), true)) as inconclusive
  from checkout c join ${builds} b on b.checkout_id = c.id where ${COUNTS} group by c.side`;

/** From the counts kept, where tests without a path are in a group of their own; no identity is theirs, so they never change. */
const TESTS = sql`
  select case when r.is_boot then 'boots' else 'tests' end, c.side, sum(r.pass_tests), sum(r.fail_tests),
    sum(r.skip_tests + r.error_tests + r.miss_tests + r.done_tests + r.null_tests)
  from checkout c join ${treeTestsRollup} r on r.origin = c.origin and r.git_commit_hash = c.git_commit_hash
    and r.tree_name is not distinct from c.tree_name and r.git_repository_branch is not distinct from c.git_repository_branch
    and r.git_repository_url is not distinct from c.git_repository_url
  group by 1, 2`;

const number = (from: "a" | "b", column: "pass" | "fail" | "inconclusive") =>
  sql`coalesce(${sql.identifier(from)}.${sql.identifier(column)}, 0)`;

const side = (from: "a" | "b"): SQL =>
  sql`json_build_object('pass', ${number(from, "pass")}, 'fail', ${number(from, "fail")}, 'inconclusive', ${number(from, "inconclusive")})`;

const ABSENT_OR_UNCLEAR = sql`(status_a is null or status_a = 'INCONCLUSIVE')`;

const CHANGES = sql`json_build_object(
  'regression', count(*) filter (where status_a = 'PASS' and status_b in ('FAIL', 'INCONCLUSIVE')),
  'fixed', count(*) filter (where status_a = 'FAIL' and status_b in ('PASS', 'INCONCLUSIVE')),
  'newFailure', count(*) filter (where ${ABSENT_OR_UNCLEAR} and status_b = 'FAIL'),
  'stillFailing', count(*) filter (where status_a = 'FAIL' and status_b = 'FAIL'),
  'newPass', count(*) filter (where ${ABSENT_OR_UNCLEAR} and status_b = 'PASS'),
  'appeared', count(*) filter (where status_a is null and status_b = 'INCONCLUSIVE'),
  'disappeared', count(*) filter (where status_a is not null and status_b is null))`;
