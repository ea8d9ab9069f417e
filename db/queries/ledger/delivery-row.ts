import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { isoInstant } from "../../iso-instant.ts";
import { isSettled } from "../../render/ledger/settled.ts";
import { inbox, rejected, waiting } from "../../schema/index.ts";

/** A delivery as far as it is known; what only an end tells is null before it. */
export const DeliveryRow = z.object({
  receiptId: z.string(),
  status: z.enum(["accepted", "done", "rejected", "dead"]),
  source: z.string(),
  kind: z.string().nullable(),
  key: z.string(),
  event: z.string().nullable(),
  outcome: z.enum(["applied", "ignored"]).nullable(),
  reason: z.string().nullable(),
  receivedAt: z.string(),
  settledAt: z.string().nullable(),
  contentType: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  objectKey: z.string().nullable(),
  /** Characters of free text that were replaced. */
  replaced: z.number().nullable(),
  receives: z.number().nullable(),
  replays: z.number(),
  /** The receipt that counts, when this one repeats its key. */
  repeats: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;

/* One shape for all tables, so that they can be united; `receipt_id` stays for order and paging. */

export const storedDeliveries = sql`
  select receipt_id, 'done' as status, source, kind, key, event, outcome, null::text as reason, received_at,
    stored_at as settled_at, content_type, size_bytes, object_key, replaced, receives, replays, null::uuid as repeats
  from ${inbox}`;

export const refusedDeliveries = sql`
  select receipt_id, state as status, source, kind, key, event, null::text as outcome, reason, received_at,
    settled_at, content_type, size_bytes, object_key, null::integer as replaced, receives, replays, null::uuid as repeats
  from ${rejected}`;

export const waitingDeliveries = sql`
  select receipt_id, 'accepted' as status, source, kind, key, event, null::text as outcome, reason, received_at,
    null::timestamptz as settled_at, null::text as content_type, null::integer as size_bytes, null::text as object_key,
    null::integer as replaced, receives, replays, null::uuid as repeats
  from ${waiting} where not ${isSettled}`;

/** The fields of a DeliveryRow out of one of the selects above, under the name given. */
export function deliveryFields(from: SQL): SQL {
  return sql`${from}.receipt_id as "receiptId", ${from}.status, ${from}.source, ${from}.kind, ${from}.key, ${from}.event,
    ${from}.outcome, ${from}.reason, ${isoInstant(sql`${from}.received_at`)} as "receivedAt",
    ${isoInstant(sql`${from}.settled_at`)} as "settledAt", ${from}.content_type as "contentType",
    ${from}.size_bytes as "sizeBytes", ${from}.object_key as "objectKey", ${from}.replaced, ${from}.receives, ${from}.replays, ${from}.repeats`;
}
