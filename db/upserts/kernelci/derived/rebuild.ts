import { gt, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import {
  builds,
  checkouts,
  hardwareStatus,
  latestCheckout,
  pendingBuilds,
  pendingTest,
  tests,
  treeListing,
  treeTestsRollup,
} from "../../../schema/index.ts";
import { applyMoves } from "./apply.ts";
import { NOTHING_BEFORE } from "./before.ts";
import { COUNTERS, type Counted } from "./groups.ts";
import { lockSource } from "./locks.ts";
import { PENDING_BUILD, PENDING_TEST, waitingBuilds, waitingTests } from "./waiting.ts";

/** Checkouts counted in one statement. */
const SLICE = 200;

const Total = z.object({ total: z.int() });

/** How far a recount is. */
export type RebuildProgress = { done: number; checkouts: number };

/**
 * Recounts every derived table from the objects, inside the caller's transaction, while nobody else stores; readers see
 * the old counts until it commits. Rows of listings stay, also those that only an earlier submission names.
 */
export async function rebuildDerived(
  tx: Database,
  onProgress: (at: RebuildProgress) => void = () => {},
): Promise<void> {
  await lockSource(tx);
  await tx.execute(sql`delete from ${treeTestsRollup}`);
  await tx.execute(sql`update ${hardwareStatus} set ${zero("hardware")} where ${isCounted("hardware")}`);
  await tx.execute(sql`update ${treeListing} set ${zero("listing")} where ${isCounted("listing")}`);
  await addLatestCheckouts(tx);
  const { total } = await onlyRow(tx, Total, sql`select count(*)::integer as total from ${checkouts}`);
  const progress = { done: 0, checkouts: total };
  onProgress(progress);
  for (let last = ""; ; ) {
    const slice = await checkoutsAfter(tx, last);
    const end = slice.at(-1);
    if (end === undefined) break;
    await applyMoves(tx, { tests: [], builds: [], checkouts: slice }, NOTHING_BEFORE.counted, []);
    last = end;
    progress.done += slice.length;
    onProgress(progress);
  }
  await tx.execute(sql`delete from ${hardwareStatus} where not (${isCounted("hardware")})`);
  await rebuildWaiting(tx);
}

async function checkoutsAfter(tx: Database, id: string): Promise<string[]> {
  const rows = await tx
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(gt(checkouts.id, id))
    .orderBy(checkouts.id)
    .limit(SLICE);
  return rows.map((row) => row.id);
}

/** Branches that no submission made a row for, as after a copy of the objects alone. */
async function addLatestCheckouts(tx: Database): Promise<void> {
  const branch = sql.raw("origin, tree_name, git_repository_url, git_repository_branch");
  await tx.execute(sql`
    insert into ${latestCheckout} (checkout_id, start_time, ${branch})
    select distinct on (${branch}) id, coalesce(start_time, _timestamp) as start_time, ${branch} from ${checkouts}
    order by ${branch}, coalesce(start_time, _timestamp) desc, id
    on conflict on constraint latest_checkout_branch do nothing`);
}

async function rebuildWaiting(tx: Database): Promise<void> {
  await tx.execute(sql`delete from ${pendingTest}`);
  await tx.execute(sql`insert into ${pendingTest} (${PENDING_TEST}) ${waitingTests(sql`${tests} t`)}`);
  await tx.execute(sql`delete from ${pendingBuilds}`);
  await tx.execute(sql`insert into ${pendingBuilds} (${PENDING_BUILD}) ${waitingBuilds(sql`${builds} b`)}`);
}

const zero = (table: Counted): SQL => sql.raw(COUNTERS[table].map((name) => `${name} = 0`).join(", "));
const isCounted = (table: Counted): SQL => sql.raw(COUNTERS[table].map((name) => `${name} <> 0`).join(" or "));
