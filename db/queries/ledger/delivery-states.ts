import { sql } from "drizzle-orm";
import { type Database, rows } from "../../client.ts";
import { inbox, rejected, repeats } from "../../schema/index.ts";
import { DeliveryRow, deliveryFields, refusedDeliveries, storedDeliveries, waitingDeliveries } from "./delivery-row.ts";

/** What the receipt of a repeat says when the id came with other content: a sender's id is outside its signature. */
const OTHER_BODY = "repeated with another body";

/**
 * Everything known of one receipt, its present state first; empty while nothing but the queue knows it. A delivery that
 * is being replayed is `accepted`, with its earlier end behind. A repeated one is `done` and names the receipt that counts.
 */
export async function deliveryStates(db: Database, receiptId: string): Promise<DeliveryRow[]> {
  const id = sql`${receiptId}::uuid`;
  return await rows(
    db,
    DeliveryRow,
    sql`select ${deliveryFields(sql`found`)} from (
        ${waitingDeliveries} and receipt_id = ${id}
        union all ${storedDeliveries} where receipt_id = ${id}
        union all ${refusedDeliveries} where receipt_id = ${id} and state <> 'stored'
        union all
        select other.receipt_id, 'done', other.source, counts.kind, other.key, counts.event, counts.outcome,
          case when other.receipt_id > counts.receipt_id and other.digest <> counts.digest then ${OTHER_BODY} end,
          other.received_at, counts.stored_at, counts.content_type, counts.size_bytes, counts.object_key,
          counts.replaced,
          counts.receives, coalesce(counts.replays, 0), counts.receipt_id
        from (
          select receipt_id, source, key, received_at, digest from ${repeats} where receipt_id = ${id}
          union select receipt_id, source, key, received_at, digest from ${rejected} where receipt_id = ${id} and state = 'stored'
        ) as other left join ${inbox} as counts using (source, key)
        where counts.receipt_id is distinct from other.receipt_id
      ) as found
      order by array_position(array['accepted', 'done', 'rejected', 'dead'], status)`,
  );
}
