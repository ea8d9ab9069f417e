import { sql } from "drizzle-orm";
import { type Database, onlyRow } from "../../client.ts";
import { builds, checkouts, tests } from "../../schema/index.ts";
import { countOut } from "./derived/count-out.ts";
import { idsOf } from "./derived/ids.ts";
import { lockSource } from "./derived/locks.ts";
import { type DayMove, Moves, metricFacts, movesText } from "./metrics/facts.ts";
import { keepDays } from "./metrics/keep-days.ts";
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
  const moves: DayMove[] = [];
  const remove = async (table: typeof tests | typeof builds | typeof checkouts, ids: readonly string[]) => {
    const removed = await onlyRow(
      tx,
      Moves,
      sql`
      with gone as (delete from ${table} where id in (${idsOf(ids)}) returning ${metricFacts(table)})
      select ${movesText([[sql`gone`, -1]])} as moves`,
    );
    moves.push(...removed.moves);
  };
  await countOut(tx, gone, async () => {
    await remove(tests, gone.tests);
    await remove(builds, gone.builds);
    await remove(checkouts, gone.checkouts);
  });
  await keepDays(tx, moves);
  return counts;
}
