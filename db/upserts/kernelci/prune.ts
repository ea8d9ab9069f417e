import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { builds, checkouts, tests } from "../../schema/index.ts";
import { countOut } from "./derived/count-out.ts";
import { idsOf } from "./derived/ids.ts";
import { lockSource } from "./derived/locks.ts";
import { type PrunableTable, type Pruning, prunableOf } from "./prunable.ts";

/**
 * Deletes at most `limit` rows that go because one of these roots does, inside the caller's transaction, and counts them
 * out of the derived tables. Nobody else stores meanwhile. Returns how many went; none once the roots are done.
 */
export async function pruneBatch(
  tx: Database,
  pruning: Pruning,
  root: { table: PrunableTable; ids: readonly string[] },
  limit: number,
): Promise<Record<PrunableTable, number>> {
  await lockSource(tx);
  const gone = await prunableOf(tx, pruning, root, limit);
  const counts = { checkouts: gone.checkouts.length, builds: gone.builds.length, tests: gone.tests.length };
  if (counts.checkouts + counts.builds + counts.tests === 0) return counts;
  await countOut(tx, gone, async () => {
    await tx.execute(sql`delete from ${tests} where id in (${idsOf(gone.tests)})`);
    await tx.execute(sql`delete from ${builds} where id in (${idsOf(gone.builds)})`);
    await tx.execute(sql`delete from ${checkouts} where id in (${idsOf(gone.checkouts)})`);
  });
  return counts;
}
