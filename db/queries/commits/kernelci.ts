import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { beginsWith } from "../../render/beginning.ts";
import { checkouts, treeTestsRollup } from "../../schema/index.ts";
import { onlyBoundedRow } from "../bounded-rows.ts";
import { brief, HASHES, Hashes, hashesAmong, listOf, utc } from "./hashes.ts";
import { buildSeries, testSeries } from "./kernelci-series.ts";

/** What one commit shows at most of each kind; groups with most failures go first. */
export const KERNELCI_LIMITS = { checkouts: 50, groups: 200, failing: 100 } as const;

const Counts = {
  pass: z.number(),
  fail: z.number(),
  skip: z.number(),
  error: z.number(),
  missing: z.number(),
  none: z.number(),
};
const Series = z.object({
  kind: z.enum(["build", "boot", "test"]),
  series: z.string(),
  name: z.string(),
  origin: z.string(),
  platform: z.string().nullable(),
  architecture: z.string().nullable(),
  configuration: z.string().nullable(),
  compiler: z.string().nullable(),
  own: z.array(z.object({ id: z.string().nullable(), status: z.string().nullable(), lab: z.string().nullable() })),
  /** Nearest commit first. */
  earlier: z.array(z.object({ sha: z.string(), status: z.string().nullable() })),
});

const Found = Hashes.extend({
  checkouts: z.array(
    z.object({
      id: z.string(),
      origin: z.string(),
      tree: z.string().nullable(),
      branch: z.string().nullable(),
      address: z.string().nullable(),
      message: z.string().nullable(),
      time: z.string().nullable(),
    }),
  ),
  totals: z.array(z.object({ kind: z.enum(["build", "boot", "test"]), ...Counts })),
  groups: z.array(
    z.object({
      kind: z.enum(["build", "boot", "test"]),
      architecture: z.string().nullable(),
      configuration: z.string().nullable(),
      hardware: z.string().nullable(),
      lab: z.string().nullable(),
      ...Counts,
    }),
  ),
  series: z.array(Series),
});
export type KernelciCommit = z.infer<typeof Found>;

const { checkouts: maxCheckouts, groups, failing } = KERNELCI_LIMITS;

/** Checkouts of a commit with counts from the roll-up of tests, and the builds, boots and tests that failed of it. */
export async function findKernelciCommit(db: Database, beginning: string): Promise<KernelciCommit> {
  return await onlyBoundedRow(
    db,
    Found,
    sql`
    with ${hashesAmong(sql`select c.git_commit_hash from ${checkouts} c where ${beginsWith(sql`c.git_commit_hash`, beginning)}`)},
    checkout as materialized (
      select c.* from one join ${checkouts} c on c.git_commit_hash = one.sha
      order by c.start_time desc nulls last, c.id limit ${maxCheckouts}
    ), ${buildSeries(failing)}, ${testSeries(failing)},
    counted as materialized (
      select 'build' as kind, architecture, config_name as configuration, null as hardware, misc ->> 'lab' as lab,
        count(*) filter (where status = 'PASS') as pass, count(*) filter (where status = 'FAIL') as fail,
        count(*) filter (where status = 'SKIP') as skip, count(*) filter (where status = 'ERROR') as error,
        count(*) filter (where status = 'MISS') as missing,
        count(*) filter (where status is null or status not in ('PASS', 'FAIL', 'SKIP', 'ERROR', 'MISS')) as none
      from build where not is_dummy group by 2, 3, 5
      union all
      select case when r.is_boot then 'boot' else 'test' end, r.build_architecture, r.build_config_name,
        coalesce(r.test_platform, r.hardware_key), r.test_lab, sum(r.pass_tests), sum(r.fail_tests), sum(r.skip_tests),
        sum(r.error_tests), sum(r.miss_tests), sum(r.done_tests + r.null_tests)
      from one join ${treeTestsRollup} r on r.git_commit_hash = one.sha where r.total_tests > 0 group by 1, 2, 3, 4, 5
    ), "group" as (
      select kind, ${brief(sql`architecture`)} as architecture, ${brief(sql`configuration`)} as configuration,
        ${brief(sql`hardware`)} as hardware, ${brief(sql`lab`)} as lab, pass, fail, skip, error, missing, none
      from counted order by fail desc, error desc, kind, architecture, configuration, hardware, lab limit ${groups}
    ), total as (
      select kind, sum(pass) as pass, sum(fail) as fail, sum(skip) as skip, sum(error) as error, sum(missing) as missing,
        sum(none) as none from counted group by kind
    ), shown_checkout as (
      select ${brief(sql`id`)} as id, ${brief(sql`origin`)} as origin, ${brief(sql`tree_name`)} as tree,
        ${brief(sql`git_repository_branch`)} as branch, ${brief(sql`git_repository_url`)} as address,
        left(git_commit_message, 4000) as message, ${utc(sql`start_time`)} as time
      from checkout
    ), series as (select * from failing_build union all select * from failing_test)
    select ${HASHES}, ${listOf("shown_checkout", sql`time desc nulls last, id`)} as checkouts,
      ${listOf("total", sql`kind`)} as totals,
      ${listOf("group", sql`fail desc, error desc, kind, architecture, configuration, hardware, lab`)} as groups,
      ${listOf("series", sql`kind, name, series`)} as series`,
  );
}
