import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { deliveryCounts } from "../../schema/index.ts";

/** A delivery that reached its end, as the counters see it. */
export type SettledDelivery = Pick<typeof deliveryCounts.$inferInsert, "source" | "outcome">;

/** Connections count in slots of their own, so that they seldom wait for each other. */
export const countSlot = sql`pg_backend_pid() % 16`;

/**
 * Counts settled deliveries, in the transaction that settles them and as its last statement: counter rows stay locked
 * for no longer than the commit.
 */
export async function countDeliveries(tx: Database, settled: readonly SettledDelivery[]): Promise<void> {
  const totals = new Map<string, SettledDelivery & { slot: number; total: number }>();
  for (const { source, outcome } of settled) {
    const row = totals.get(`${source} ${outcome}`) ?? { source, outcome, slot: 0, total: 0 };
    totals.set(`${source} ${outcome}`, { ...row, total: row.total + 1 });
  }
  if (totals.size === 0) return;
  const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await tx.execute(sql`
    ${insertFrom(deliveryCounts, ["source", "outcome", "slot", "total"], sorted, { slot: countSlot })}
    on conflict (source, outcome, slot) do update set total = ${deliveryCounts.total} + excluded.total`);
}
