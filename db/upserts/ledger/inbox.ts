import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { inbox, rejected, repeats, waiting } from "../../schema/index.ts";

/** A delivery about to be stored. */
export type InboxRow = Pick<
  typeof inbox.$inferInsert,
  | "source"
  | "key"
  | "receiptId"
  | "kind"
  | "event"
  | "outcome"
  | "receivedAt"
  | "trace"
  | "sizeBytes"
  | "objectKey"
  | "receives"
  | "replays"
>;

const COLUMNS = [
  "source",
  "key",
  "receiptId",
  "kind",
  "event",
  "outcome",
  "receivedAt",
  "trace",
  "sizeBytes",
  "objectKey",
  "receives",
  "replays",
] as const;

/**
 * Claims deliveries in the transaction that stores them and returns the receipt ids that are to be stored now: those
 * whose key was unknown, and replays. A key claimed by another open transaction is waited for; rows go in sorted order.
 */
export async function claimDeliveries(tx: Database, rows: readonly InboxRow[]): Promise<Set<string>> {
  const first = new Map<string, InboxRow>();
  const byOrder = [...rows].sort(
    (a, b) => Number(b.replays) - Number(a.replays) || (a.receiptId < b.receiptId ? -1 : 1),
  );
  for (const row of byOrder) if (!first.has(`${row.source} ${row.key}`)) first.set(`${row.source} ${row.key}`, row);
  const sorted = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const claimed = await rowsOf(
    tx,
    sql`${insertFrom(inbox, COLUMNS, sorted)}
      on conflict (source, key) do update
        set outcome = excluded.outcome, stored_at = now(), replays = excluded.replays
        where excluded.replays > ${inbox.replays}
      returning receipt_id`,
  );
  const ids = new Set(claimed.map((row) => String(row.receipt_id)));
  const others = rows.filter((row) => !ids.has(row.receiptId));
  if (others.length > 0) await noteRepeats(tx, others);
  return ids;
}

/** Notes receipts whose key another receipt stored; the same receipt delivered twice by the queue is no repeat. */
async function noteRepeats(tx: Database, rows: readonly InboxRow[]): Promise<void> {
  await tx.execute(sql`
    ${insertFrom(repeats, ["receiptId", "source", "key", "receivedAt"], rows)}
    where not exists (select 1 from ${inbox} where ${inbox.receiptId} = given."receiptId")
    on conflict do nothing`);
}

/** Clears what earlier tries left behind: they wait no more, and their refusals are marked as stored. */
export async function settleStored(tx: Database, receiptIds: readonly string[]): Promise<void> {
  if (receiptIds.length === 0) return;
  const ids = JSON.stringify(receiptIds);
  await tx.execute(sql`
    with settled as (
      select source, key, receipt_id from ${inbox}
      where receipt_id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb))
    ), cleared as (
      delete from ${waiting} where receipt_id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb))
    )
    update ${rejected} set state = 'stored'
    from settled
    where ${rejected.source} = settled.source and ${rejected.key} = settled.key and ${rejected.state} <> 'stored'`);
}
