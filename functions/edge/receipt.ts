import type { Context } from "hono";
import { packMessage } from "../messages/claim-check.ts";
import { newReceiptId, receivedAtMs, signReceiptId } from "../messages/receipt-id.ts";
import type { Env } from "./env.ts";
import { log } from "./http/log.ts";

/** A delivery that passed its source's checks. */
export type Received = {
  source: string;
  kind: string;
  key: string;
  event: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
};

/** Taken: `location` says where it can be followed. Refused: the queue or the object store did not take it. */
export type Receipt = { taken: true; location: string } | { taken: false; retryAfterSeconds: number };

/**
 * Hands a delivery to the queue, body first when it is large. Resolves to `taken` only once it is durably held; never
 * touches the database. Sets the receipt's fields on the request's log line.
 */
export async function takeDelivery(c: Context<Env>, delivery: Received): Promise<Receipt> {
  const { config, queue, objects } = c.env;
  const { bytes, ...named } = delivery;
  const receiptId = newReceiptId();
  const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
  c.set("logFields", {
    ...c.get("logFields"),
    receiptId,
    key: delivery.key,
    name: delivery.event,
    sizeBytes: bytes.byteLength,
  });
  try {
    const head = {
      v: 1,
      receiptId,
      ...named,
      receivedAt,
      trace: c.get("requestId"),
      sizeBytes: bytes.byteLength,
      replay: 0,
    } as const;
    await queue.send(await packMessage(head, bytes, objects));
  } catch (error) {
    log("not taken", { requestId: c.get("requestId"), receiptId, reason: String(error) });
    return { taken: false, retryAfterSeconds: 10 };
  }
  return { taken: true, location: `/deliveries/${signReceiptId(receiptId, config.RECEIPT_KEY)}` };
}
