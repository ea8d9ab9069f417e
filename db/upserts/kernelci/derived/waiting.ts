import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, pendingBuilds, pendingTest, tests } from "../../../schema/index.ts";
import type { Fresh, Touched } from "./before.ts";
import { eachOf, idsOf } from "./ids.ts";

const simple = (status: string) =>
  sql.raw(
    `case when ${status} = 'PASS' then 'P' when ${status} = 'FAIL' then 'F' when ${status} is not null then 'I' end`,
  );

/** Rows of those tests of a relation `t` whose build is not stored, as they wait. */
export const waitingTests = (source: SQL) => sql`
  select t.id, t.origin, t.environment_misc->>'platform', t.environment_compatible, t.build_id, ${simple("t.status")},
    coalesce(split_part(t.path, '.', 1) = 'boot', false), t.path, t.start_time, t.misc->>'runtime', t.status
  from ${source} where not exists (select from ${builds} b where b.id = t.build_id offset 0) order by t.id`;

/** Rows of those builds of a relation `b` whose checkout is not stored, as they wait. */
export const waitingBuilds = (source: SQL) => sql`
  select b.id, b.origin, b.checkout_id, ${simple("b.status")}
  from ${source} where not exists (select from ${checkouts} c where c.id = b.checkout_id offset 0) order by b.id`;

export const PENDING_TEST = sql.raw(
  "test_id, origin, platform, compatible, build_id, status, is_boot, path, start_time, lab, full_status",
);
export const PENDING_BUILD = sql.raw("build_id, origin, checkout_id, status");

/** Lets children whose parent came go, and notes those that came, or changed, without theirs. One statement. */
export async function keepWaiting(tx: Database, fresh: Fresh, sent: Pick<Touched, "tests" | "builds">): Promise<void> {
  await tx.execute(sql`
    with arrived_tests as (delete from ${pendingTest} where build_id in (${idsOf(fresh.builds)})),
    arrived_builds as (delete from ${pendingBuilds} where checkout_id in (${idsOf(fresh.checkouts)})),
    waiting_builds as (
      insert into ${pendingBuilds} (${PENDING_BUILD}) ${waitingBuilds(sql`(${idsOf(sent.builds)}) as sent ${eachOf(builds, "b", "id = sent.id")}`)}
      on conflict (build_id) do update set status = excluded.status
    )
    insert into ${pendingTest} (${PENDING_TEST}) ${waitingTests(sql`(${idsOf(sent.tests)}) as sent ${eachOf(tests, "t", "id = sent.id")}`)}
    on conflict (test_id) do update set platform = excluded.platform, compatible = excluded.compatible,
      status = excluded.status, is_boot = excluded.is_boot, path = excluded.path, start_time = excluded.start_time,
      lab = excluded.lab, full_status = excluded.full_status`);
}

/** Lets deleted objects go, and notes children of theirs that stay. One statement. */
export async function leaveWaiting(tx: Database, gone: Touched): Promise<void> {
  await tx.execute(sql`
    with gone_tests as (delete from ${pendingTest} where test_id in (${idsOf(gone.tests)})),
    gone_builds as (delete from ${pendingBuilds} where build_id in (${idsOf(gone.builds)})),
    left_builds as (
      insert into ${pendingBuilds} (${PENDING_BUILD}) ${waitingBuilds(sql`(${idsOf(gone.checkouts)}) as parent ${eachOf(builds, "b", "checkout_id = parent.id")}`)}
    )
    insert into ${pendingTest} (${PENDING_TEST}) ${waitingTests(sql`(${idsOf(gone.builds)}) as parent ${eachOf(tests, "t", "build_id = parent.id")}`)}`);
}
