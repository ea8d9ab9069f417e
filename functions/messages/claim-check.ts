import { Buffer } from "node:buffer";
import type { Envelope, EnvelopeBody } from "./envelope.ts";
import { serialiseEnvelope } from "./envelope.ts";
import { gunzip, gzip } from "./gzip.ts";
import type { ObjectStore } from "./object-store.ts";

/** A serialised message above this travels as a claim check; far below the queue's limit of 1 MiB. */
export const INLINE_LIMIT_BYTES = 200_000;

/** Where a delivery's raw body is kept: `raw/<source>/YYYY/MM/DD/<receipt id>.gz`, so that retention can go by day. */
export function rawObjectKey(source: string, receiptId: string, receivedAt: string): string {
  const day = receivedAt.slice(0, 10).replaceAll("-", "/");
  return `raw/${source}/${day}/${receiptId}.gz`;
}

/** Packs a body into an envelope, inline when the whole message stays small, else stored first. Returns the message text. */
export async function packMessage(
  head: Omit<Envelope, "body">,
  bytes: Uint8Array<ArrayBuffer>,
  objects: ObjectStore,
): Promise<string> {
  const packed = await gzip(bytes);
  const inline = serialiseEnvelope({ ...head, body: { at: "inline", base64: Buffer.from(packed).toString("base64") } });
  if (inline.length <= INLINE_LIMIT_BYTES) return inline;
  const objectKey = rawObjectKey(head.source, head.receiptId, head.receivedAt);
  await objects.put(objectKey, packed);
  return serialiseEnvelope({ ...head, body: { at: "store", objectKey } });
}

/** The gzipped bytes an envelope carries or points at; undefined when the object is gone. */
export async function packedBody(
  body: EnvelopeBody,
  objects: ObjectStore,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body.at === "inline") return new Uint8Array(Buffer.from(body.base64, "base64"));
  const stored = await objects.get(body.objectKey);
  return stored === undefined ? undefined : new Uint8Array(stored);
}

/** Unpacks a body; throws InflateError when it is broken or larger than announced. */
export async function unpackBody(packed: Uint8Array<ArrayBuffer>, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return await gunzip(packed, sizeBytes);
}
