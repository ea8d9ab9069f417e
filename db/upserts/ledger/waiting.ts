import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { isSettled } from "../../render/ledger/settled.ts";
import { queueWatch, waiting } from "../../schema/index.ts";
import { oncePerReceipt } from "./once-per-receipt.ts";

/** A message handed back to the queue, to be tried again. */
export type WaitingRow = typeof waiting.$inferInsert;

const COLUMNS = [
  "receiptId",
  "source",
  "kind",
  "key",
  "event",
  "receivedAt",
  "acceptedAt",
  "receives",
  "replays",
  "reason",
] as const;

/** Notes messages that were handed back; when they were settled meanwhile, `sweepWaiting` clears the note. */
export async function upsertWaiting(db: Database, rows: readonly WaitingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    ${insertFrom(waiting, COLUMNS, oncePerReceipt(rows))}
    on conflict (receipt_id) do update set ${fromExcluded(waiting, ["receives", "replays", "reason"])}`);
}

/** Removes notes about messages that were settled before the note was written. */
export async function sweepWaiting(db: Database): Promise<void> {
  await db.execute(sql`delete from ${waiting} where ${isSettled}`);
}

/** Notes that the queue was seen empty: nothing accepted before this instant waits in it. */
export async function upsertQueueSeenEmpty(db: Database, at: string): Promise<void> {
  await db.execute(sql`
    insert into ${queueWatch} (id, empty_at) values (1, ${at}::timestamptz)
    on conflict (id) do update set empty_at = greatest(excluded.empty_at, ${queueWatch.emptyAt})`);
}
