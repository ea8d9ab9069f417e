import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { gunzip, gzip } from "../outside/gzip.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Envelope, EnvelopeBody } from "./envelope.ts";
import { serialiseEnvelope } from "./envelope.ts";

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
  const body = { at: "store", objectKey, packedBytes: packed.byteLength, sha256: hexSha256(packed) } as const;
  return serialiseEnvelope({ ...head, body });
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

/** Why stored bytes are not those an envelope announces; undefined when they are, or when it announces nothing. */
export function findDamage(body: EnvelopeBody, packed: Uint8Array<ArrayBuffer>): string | undefined {
  if (body.at === "inline") return undefined;
  if (body.packedBytes !== undefined && body.packedBytes !== packed.byteLength)
    return `it has ${packed.byteLength} bytes in place of ${body.packedBytes}`;
  if (body.sha256 !== undefined && body.sha256 !== hexSha256(packed)) return "its checksum is another";
  return undefined;
}

/** Unpacks a body; throws InflateError when it is broken or larger than announced. */
export async function unpackBody(packed: Uint8Array<ArrayBuffer>, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return await gunzip(packed, sizeBytes);
}

const hexSha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
