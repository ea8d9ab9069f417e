import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../../client.ts";
import { builds, checkouts, hardwareStatus, tests } from "../../../schema/index.ts";
import { arrayJson, instant } from "../json-text.ts";
import type { Hardware } from "./subscriptions.ts";

const Totals = z.object({
  checkouts: z.int(),
  ...{ buildPass: z.int(), buildFailed: z.int(), buildInc: z.int(), bootPass: z.int(), bootFailed: z.int() },
  ...{ bootInc: z.int(), testPass: z.int(), testFailed: z.int(), testInc: z.int() },
});
/** How often builds, boots and tests of a platform passed, failed, or neither. */
export type HardwareTotals = z.infer<typeof Totals>;

const WEEK = sql`now() - interval '7 days'`;

/** What ran on a platform in a week, by its checkouts. */
export async function findHardwareTotals(db: Database, { platform, origin }: Hardware): Promise<HardwareTotals> {
  const sum = (column: string) => sql`coalesce(sum(${sql.identifier(column)}), 0)::integer`;
  return await onlyRow(
    db,
    Totals,
    sql`select count(*)::integer as checkouts, ${sum("build_pass")} as "buildPass", ${sum("build_failed")} as "buildFailed",
        ${sum("build_inc")} as "buildInc", ${sum("boot_pass")} as "bootPass", ${sum("boot_failed")} as "bootFailed",
        ${sum("boot_inc")} as "bootInc", ${sum("test_pass")} as "testPass", ${sum("test_failed")} as "testFailed",
        ${sum("test_inc")} as "testInc"
      from ${hardwareStatus} where test_origin = ${origin} and platform = ${platform} and start_time >= ${WEEK}`,
  );
}

const Failed = z.object({
  id: z.string(),
  path: z.string().nullable(),
  lab: z.string().nullable(),
  startTime: z.string().nullable(),
  comment: z.string().nullable(),
});
const Group = z.object({
  suite: z.string(),
  tree: z.string().nullable(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  fails: z.int(),
  newest: z.array(Failed),
});
/** Failed tests of one suite on one commit, the newest of them by name. */
export type FailedGroup = z.infer<typeof Group>;

const MAX_GROUPS = 200;
const MAX_NAMED = 20;

/** The failed tests of a platform in its labs in a week, by suite, tree, branch and commit. */
export async function listFailedGroups(db: Database, hardware: Hardware): Promise<FailedGroup[]> {
  const labs = sql`(select jsonb_array_elements_text(${JSON.stringify(hardware.labs)}::jsonb))`;
  return await rows(
    db,
    Group,
    sql`with failed as (
        select coalesce(nullif(split_part(t.path, '.', 1), ''), '-') as suite, c.tree_name as tree,
          c.git_repository_branch as branch, c.git_commit_hash as commit, t.id, t.path, t.misc ->> 'runtime' as lab,
          t.start_time, t.comment
        from ${tests} t join ${builds} b on b.id = t.build_id join ${checkouts} c on c.id = b.checkout_id
        where t.environment_misc ->> 'platform' = ${hardware.platform} and t.origin = ${hardware.origin}
          and t.status = 'FAIL' and t.start_time >= ${WEEK} and t.misc ->> 'runtime' in ${labs}
      ), numbered as (
        select *, row_number() over (partition by suite, tree, branch, commit order by start_time desc, id) as nth
        from failed
      ), grouped as (
        select suite, tree, branch, commit, count(*)::integer as fails, max(start_time) as last
        from failed group by suite, tree, branch, commit order by last desc, suite limit ${MAX_GROUPS}
      )
      select g.suite, g.tree, g.branch, g.commit, g.fails, ${newest()} as newest
      from grouped g order by g.suite, g.tree, g.branch, g.last desc`,
  );
}

function newest(): SQL {
  return arrayJson(sql`select n.id, n.path, n.lab, ${instant(sql`n.start_time`)} as "startTime", n.comment from numbered n
    where n.nth <= ${MAX_NAMED} and (n.suite, n.tree, n.branch, n.commit) is not distinct from (g.suite, g.tree, g.branch, g.commit)
    order by n.nth`);
}
