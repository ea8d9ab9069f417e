import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { inbox, rejected, repeats, waiting } from "../../schema/index.ts";
import type { SettledDelivery } from "./counts.ts";

/** A delivery about to be stored. */
export type InboxRow = Pick<
  typeof inbox.$inferInsert,
  | "source"
  | "key"
  | "receiptId"
  | "kind"
  | "event"
  | "outcome"
  | "replaced"
  | "receivedAt"
  | "trace"
  | "contentType"
  | "sizeBytes"
  | "objectKey"
  | "digest"
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
  "replaced",
  "receivedAt",
  "trace",
  "contentType",
  "sizeBytes",
  "objectKey",
  "digest",
  "receives",
  "replays",
] as const;

/** The row of a claimed delivery; `is_new` unless a replay took an existing one over. */
const Claimed = z.object({ source: z.string(), key: z.string(), receipt_id: z.string(), is_new: z.boolean() });

/** What a claim found: the receipts that are to be stored now, and what the counters have not seen before. */
export type Claim = { receiptIds: Set<string>; settled: SettledDelivery[] };

/**
 * Claims deliveries in the transaction that stores them. To be stored are those whose key was unknown, and replays.
 * A key claimed by another open transaction is waited for; rows go in sorted order.
 */
export async function claimDeliveries(tx: Database, deliveries: readonly InboxRow[]): Promise<Claim> {
  const first = new Map<string, InboxRow>();
  const byOrder = [...deliveries].sort(
    (a, b) => Number(b.replays) - Number(a.replays) || (a.receiptId < b.receiptId ? -1 : 1),
  );
  for (const row of byOrder) if (!first.has(`${row.source} ${row.key}`)) first.set(`${row.source} ${row.key}`, row);
  const sorted = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const claimed = await rows(
    tx,
    Claimed,
    sql`${insertFrom(inbox, COLUMNS, sorted)}
      on conflict (source, key) do update
        set outcome = excluded.outcome, stored_at = now(), replays = excluded.replays
        where excluded.replays > ${inbox.replays}
      returning source, key, receipt_id, xmax = 0 as is_new`,
  );
  const keys = new Set(claimed.map((row) => `${row.source} ${row.key}`));
  const stored = sorted.filter((row) => keys.has(`${row.source} ${row.key}`));
  const isNew = new Set(claimed.filter((row) => row.is_new).map((row) => row.receipt_id));
  const claims = new Set(stored);
  const others = deliveries.filter((row) => !claims.has(row));
  return {
    receiptIds: new Set(stored.map((row) => row.receiptId)),
    settled: [...stored.filter((row) => isNew.has(row.receiptId)), ...(await noteRepeats(tx, others))],
  };
}

/** Notes receipts whose key another receipt stored; the same receipt delivered twice by the queue is no repeat. */
async function noteRepeats(tx: Database, deliveries: readonly InboxRow[]): Promise<SettledDelivery[]> {
  if (deliveries.length === 0) return [];
  const sorted = [...deliveries].sort((a, b) => (a.receiptId < b.receiptId ? -1 : 1));
  return await rows(
    tx,
    Repeat,
    sql`${insertFrom(repeats, ["receiptId", "source", "key", "receivedAt", "digest"], sorted)}
      where not exists (select 1 from ${inbox} where ${inbox.receiptId} = given."receiptId")
      on conflict do nothing
      returning source, ${repeatOutcome(repeats)} as outcome`,
  );
}

const Repeat = z.object({ source: z.string(), outcome: z.enum(["repeat", "repeat_differs"]) });

/** How a receipt counts whose key another one stored; a body that was stored before digests were kept is never another. */
export function repeatOutcome(table: typeof repeats | typeof rejected): SQL {
  return sql`case when ${table.digest} <> (
      select ${inbox.digest} from ${inbox} where ${inbox.source} = ${table.source} and ${inbox.key} = ${table.key}
    ) then 'repeat_differs' else 'repeat' end`;
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
