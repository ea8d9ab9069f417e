import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import {
  builds,
  checkouts,
  hardwareBoards,
  hardwareStatus,
  hardwareTestsRollup,
  incidents,
  issues,
  latestCheckout,
  metricsByDay,
  metricsLabBuilds,
  pendingBuilds,
  pendingTest,
  tests,
  treeListing,
  treeTestsRollup,
} from "../../schema/index.ts";

/** Deletes every object and everything that derives from them. Names of trees and counts of submissions stay. */
export async function clearObjects(tx: Database): Promise<void> {
  const tables = [checkouts, builds, tests, issues, incidents, latestCheckout, treeListing, hardwareStatus];
  const waiting = [pendingTest, pendingBuilds, treeTestsRollup, hardwareTestsRollup, hardwareBoards];
  const days = [metricsByDay, metricsLabBuilds];
  const names = [...tables, ...waiting, ...days].map((table) => sql`${table}`);
  await tx.execute(sql`truncate ${sql.join(names, sql`, `)}`);
}
