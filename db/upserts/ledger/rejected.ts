import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { deliveryCounts, inbox, rejected, waiting } from "../../schema/index.ts";
import { countSlot } from "./counts.ts";
import { repeatOutcome } from "./inbox.ts";
import { oncePerReceipt } from "./once-per-receipt.ts";

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
  "contentType",
  "sizeBytes",
  "objectKey",
  "digest",
  "receives",
  "replays",
] as const;

/** Records refusals; one whose key is stored is recorded as stored, and a repeat. One statement, which counts them too. */
export async function upsertRejected(db: Database, rows: readonly RejectedRow[]): Promise<void> {
  await record(db, rows, sql`given.reason`);
}

/** Records deliveries that the queue gave up: the reason is the last one noted while they waited, else the one given. */
export async function upsertDead(db: Database, rows: readonly RejectedRow[]): Promise<void> {
  await record(
    db,
    rows,
    sql`coalesce(
      (select given.reason || ': ' || ${waiting.reason} from ${waiting} where ${waiting.receiptId} = given."receiptId"),
      given.reason)`,
  );
}

async function record(db: Database, rows: readonly RejectedRow[], reason: SQL): Promise<void> {
  if (rows.length === 0) return;
  const sorted = oncePerReceipt(rows);
  const ids = JSON.stringify(sorted.map((row) => row.receiptId));
  const state = sql`case when exists (
    select 1 from ${inbox} where ${inbox.source} = given.source and ${inbox.key} = given.key) then 'stored' else given.state end`;
  await db.execute(sql`
    with cleared as (
      delete from ${waiting} where receipt_id in (select value::uuid from jsonb_array_elements_text(${ids}::jsonb))
    ), recorded as (
      ${insertFrom(rejected, COLUMNS, sorted, { state, reason })}
      on conflict (receipt_id) do update set ${fromExcluded(rejected, COLUMNS)}, settled_at = now()
      returning receipt_id, source, xmax = 0 as is_new, case state when 'stored' then ${repeatOutcome(rejected)} else state end as outcome
    )
    insert into ${deliveryCounts} (source, outcome, slot, total)
    select source, outcome, ${countSlot}, count(*) from recorded
    where is_new and not exists (select 1 from ${inbox} where ${inbox.receiptId} = recorded.receipt_id)
    group by source, outcome order by source, outcome
    on conflict (source, outcome, slot) do update set total = ${deliveryCounts.total} + excluded.total`);
}
