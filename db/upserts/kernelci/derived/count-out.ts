import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import { builds, hardwareStatus, tests } from "../../../schema/index.ts";
import { applyMoves } from "./apply.ts";
import { Counted, listed, type Touched } from "./before.ts";
import {
  buildFacts,
  buildsOf,
  hardwareBuildsOf,
  hardwareTestsOf,
  listingBuildsOf,
  listingTestsOf,
  platformsOf,
  rollupOf,
  testFacts,
} from "./contributions.ts";
import { COUNTERS } from "./groups.ts";
import { eachOf, Ids, idsOf, jsonIds } from "./ids.ts";
import { leaveWaiting } from "./waiting.ts";

/**
 * Keeps the derived tables equal to a recount while `remove` deletes the objects named: builds are counted before and
 * after, with all their tests. The caller holds `lockSource`. Rows of listings stay, for their identities.
 */
export async function countOut(tx: Database, gone: Touched, remove: () => Promise<void>): Promise<void> {
  const parents = await parentsOf(tx, gone);
  const touched = { tests: [], builds: parents.builds, checkouts: gone.checkouts };
  const before = await countedNow(tx, touched);
  await remove();
  await applyMoves(tx, touched, before, []);
  await leaveWaiting(tx, gone);
  await tx.execute(sql`
    delete from ${hardwareStatus} where checkout_id in (${idsOf(parents.checkouts)})
    and ${sql.raw(COUNTERS.hardware.map((name) => `${name} = 0`).join(" and "))}`);
}

const Parents = z.object({ builds: Ids, checkouts: Ids });

/** The builds whose counts move, and the checkouts whose counts do. */
async function parentsOf(tx: Database, gone: Touched): Promise<Pick<Touched, "builds" | "checkouts">> {
  return await onlyRow(
    tx,
    Parents,
    sql`
    with moved_builds as materialized (
      select t.build_id as id from (${idsOf(gone.tests)}) as named ${eachOf(tests, "t", "id = named.id")}
      union ${idsOf(gone.builds)}
    )
    select ${jsonIds(sql`moved_builds`)} as builds,
      ${jsonIds(sql`(
        select b.checkout_id as id from moved_builds named ${eachOf(builds, "b", "id = named.id")}
        union ${idsOf(gone.checkouts)})`)} as checkouts`,
  );
}

/** What all tests of builds, and all builds of checkouts, count for as they are stored. */
async function countedNow(tx: Database, touched: Touched): Promise<Counted> {
  return await onlyRow(
    tx,
    Counted,
    sql`
    with touched_checkouts as materialized (${idsOf(touched.checkouts)}),
    touched_builds as materialized (${idsOf(touched.builds)} union ${buildsOf(sql`touched_checkouts`)}),
    touched_tests as materialized (${idsOf(touched.tests)}),
    facts as materialized (${testFacts(sql`touched_tests`, sql`touched_builds`)}),
    platforms as (${platformsOf(sql`facts`)}),
    build_facts as (${buildFacts(sql`touched_builds`)})
    select ${listed(rollupOf(sql`facts`))} as rollup,
      ${listed(sql`${hardwareTestsOf(sql`facts`)} union all ${hardwareBuildsOf(sql`platforms`)}`)} as hardware,
      ${listed(sql`${listingTestsOf(sql`facts`)} union all ${listingBuildsOf(sql`build_facts`)}`)} as listing`,
  );
}
