import type { RejectedRow } from "../../db/upserts/ledger/rejected.ts";
import type { Delivery } from "./delivery.ts";

/** The row of a delivery that was refused or died: replay needs no more than this and the raw body. */
export function rejectedRow(
  { envelope, objectKey, receives }: Omit<Delivery, "body">,
  state: "rejected" | "dead",
  reason: string,
): RejectedRow {
  const { receiptId, source, key, kind, event, receivedAt, trace, sizeBytes } = envelope;
  return {
    receiptId,
    source,
    key,
    kind,
    event,
    state,
    reason: reason.slice(0, 4_000),
    receivedAt,
    trace,
    sizeBytes,
    objectKey,
    receives,
    envelope: { ...envelope, body: { at: "store", objectKey } },
  };
}
