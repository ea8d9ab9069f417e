import type { Context } from "hono";
import { packMessage, rawObjectKey } from "../messages/claim-check.ts";
import { type Envelope, serialiseEnvelope } from "../messages/envelope.ts";
import { newReceiptId, receivedAtMs, signReceiptId } from "../messages/receipt-id.ts";
import type { Env } from "./env.ts";
import { log } from "./http/log.ts";

/** A delivery that passed its source's checks. */
type Named = { source: string; kind: string; key: string; event: string; contentType: string };
export type Received = Named & { bytes: Uint8Array<ArrayBuffer> };

/** Taken: `location` says where it can be followed. Refused: the queue or the object store did not take it. */
export type Receipt = { taken: true; location: string } | { taken: false; retryAfterSeconds: number };

/**
 * Hands a delivery to the queue, body first when it is large. Resolves to `taken` only once it is durably held; never
 * touches the database. Sets the receipt's fields on the request's log line.
 */
export async function takeDelivery(
  c: Context<Env>,
  { bytes, ...named }: Received,
  receiptId = newReceiptId(),
): Promise<Receipt> {
  const head = headOf(c, named, receiptId, bytes.byteLength);
  return await handOver(c, head, () => packMessage(head, bytes, c.env.objects));
}

/** Hands over a delivery whose body is in the object store already, gzipped, under the key of its receipt. */
export async function takeStored(
  c: Context<Env>,
  { sizeBytes, ...named }: Named & { sizeBytes: number },
  receiptId: string,
): Promise<Receipt> {
  const head = headOf(c, named, receiptId, sizeBytes);
  const objectKey = rawObjectKey(head.source, receiptId, head.receivedAt);
  return await handOver(c, head, async () => serialiseEnvelope({ ...head, body: { at: "store", objectKey } }));
}

function headOf(c: Context<Env>, named: Named, receiptId: string, sizeBytes: number): Omit<Envelope, "body"> {
  const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
  return { v: 1, receiptId, ...named, receivedAt, trace: c.get("requestId"), sizeBytes, replay: 0 };
}

async function handOver(
  c: Context<Env>,
  { receiptId, key, event, sizeBytes }: Omit<Envelope, "body">,
  pack: () => Promise<string>,
): Promise<Receipt> {
  c.set("logFields", { ...c.get("logFields"), receiptId, key, name: event, sizeBytes });
  try {
    await c.env.queue.send(await pack());
  } catch (error) {
    log("not taken", { requestId: c.get("requestId"), receiptId, reason: String(error) });
    return { taken: false, retryAfterSeconds: 10 };
  }
  return { taken: true, location: `/deliveries/${signReceiptId(receiptId, c.env.config.RECEIPT_KEY)}` };
}
