import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { submissionCounts } from "../../schema/index.ts";
import { countSlot } from "../ledger/counts.ts";
import type { Submission } from "./objects.ts";

/** Counts stored submissions and their bytes by the origin that sent them; the last statement on kernelci's tables. */
export async function countSubmissions(tx: Database, submissions: readonly Submission[]): Promise<void> {
  const totals = new Map<string, { origin: string; slot: number; total: number; sizeBytes: number }>();
  for (const { counted } of submissions) {
    if (counted === undefined) continue;
    const { origin, sizeBytes } = counted;
    const row = totals.get(origin) ?? { origin, slot: 0, total: 0, sizeBytes: 0 };
    totals.set(origin, { ...row, total: row.total + 1, sizeBytes: row.sizeBytes + sizeBytes });
  }
  if (totals.size === 0) return;
  const sorted = [...totals.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1));
  await tx.execute(sql`
    ${insertFrom(submissionCounts, ["origin", "slot", "total", "sizeBytes"], sorted, { slot: countSlot })}
    on conflict (origin, slot) do update set
      total = ${submissionCounts.total} + excluded.total, size_bytes = ${submissionCounts.sizeBytes} + excluded.size_bytes`);
}
