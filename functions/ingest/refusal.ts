import type { RejectedRow } from "../../db/upserts/ledger/rejected.ts";
import type { ReadDelivery } from "./delivery.ts";
import { keptReason } from "./outcome.ts";

/** The row of a delivery that was refused or died: replay needs no more than this and the raw body. */
export function rejectedRow(
  { envelope, objectKey, digest, receives }: ReadDelivery,
  state: "rejected" | "dead",
  reason: string,
): RejectedRow {
  const { receiptId, source, key, kind, event, receivedAt, trace, contentType, sizeBytes, replay } = envelope;
  return {
    receiptId,
    source,
    key,
    kind,
    event,
    state,
    reason: keptReason(reason, 4_000),
    receivedAt,
    trace,
    contentType,
    sizeBytes,
    objectKey,
    digest,
    receives,
    replays: replay,
  };
}
