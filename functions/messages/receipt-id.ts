import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/*
 * Receipt ids: a UUID version 7 (RFC 9562) made at the edge, so that ids sort by arrival, and the same id with a
 * signature, so that `GET /deliveries/{id}` can say "accepted" before any row exists.
 */

let lastMs = 0;
let counter = 0;

/** A new UUID v7; ids made by one isolate within one millisecond stay in order (12 bit counter in rand_a). */
export function newReceiptId(nowMs: number = Date.now()): string {
  counter = nowMs === lastMs ? counter + 1 : 0;
  lastMs = nowMs;
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter & 0x0fff), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The receipt id of a queue message that names none: always the same one, in its place among the others. */
export function receiptIdOf(messageId: string, sentMs: number): string {
  const time = sentMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${messageId.slice(15)}`;
}

/** The instant a receipt id was made, in milliseconds since 1970. */
export function receivedAtMs(receiptId: string): number {
  return Number.parseInt(receiptId.replaceAll("-", "").slice(0, 12), 16);
}

/** `<uuid>.<first 16 bytes of HMAC-SHA-256 in hex>`: what a sender is given. */
export function signReceiptId(receiptId: string, secret: string): string {
  const mac = createHmac("sha256", secret).update(receiptId).digest("hex");
  return `${receiptId}.${mac.slice(0, 32)}`;
}

/** The receipt id inside a signed one, or undefined when it is malformed or the signature is not ours. */
export function verifyReceiptId(signed: string, secret: string): string | undefined {
  const receiptId = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[0-9a-f]{32}$/.exec(signed)?.[1];
  if (receiptId === undefined) return undefined;
  const expected = Buffer.from(signReceiptId(receiptId, secret));
  return timingSafeEqual(expected, Buffer.from(signed)) ? receiptId : undefined;
}
