import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { inbox, rejected, waiting } from "../../schema/index.ts";

/** A delivery that was refused, or died in the queue. */
export type RejectedRow = Omit<typeof rejected.$inferInsert, "settledAt">;

const COLUMNS = [
  "receiptId",
  "source",
  "key",
  "kind",
  "event",
  "state",
  "reason",
  "receivedAt",
  "trace",
  "sizeBytes",
  "objectKey",
  "receives",
  "envelope",
] as const;

/** Records refusals; one whose delivery was stored in the meantime is recorded as stored. One statement. */
export async function upsertRejected(db: Database, rows: readonly RejectedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = JSON.stringify(rows.map((row) => row.receiptId));
  await db.execute(sql`
    with cleared as (
      delete from ${waiting} where receipt_id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb))
    )
    ${insertFrom(rejected, COLUMNS, rows)}
    where not exists (select 1 from ${inbox} where ${inbox.source} = given.source and ${inbox.key} = given.key)
    on conflict (receipt_id) do update set ${fromExcluded(rejected, COLUMNS)}, settled_at = now()`);
}
