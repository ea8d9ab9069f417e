import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { SQSRecord } from "aws-lambda";
import { packedBody, rawObjectKey, unpackBody } from "../messages/claim-check.ts";
import { type Envelope, headOf, type ParsedEnvelope, parseEnvelope } from "../messages/envelope.ts";
import { gzip, InflateError } from "../messages/gzip.ts";
import type { ObjectStore } from "../messages/object-store.ts";
import { receiptIdOf } from "../messages/receipt-id.ts";

/** A queue message made ready for its kind: the envelope, the original bytes and how often it was received. */
export type Delivery = {
  messageId: string;
  receiptHandle: string;
  receives: number;
  envelope: Envelope;
  objectKey: string;
  /** SHA-256 of the body in hex; null when there is none. */
  digest: string | null;
  body: Uint8Array<ArrayBuffer>;
};

/** What is left of a message once its body was read. */
export type ReadDelivery = Omit<Delivery, "body">;

/** A message that is refused before any kind sees it, with what can still be told of it. */
export type Unreadable = ReadDelivery & { reason: string };

/**
 * Opens a queue message: parses the envelope, fetches and unpacks the body, and makes sure that the raw body is in the
 * object store. Throws OutboundError when the store can't be reached.
 */
export async function openDelivery(
  record: SQSRecord,
  objects: ObjectStore,
  parsed: ParsedEnvelope = parseEnvelope(record.body),
): Promise<Delivery | Unreadable> {
  const { messageId, receiptHandle } = record;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  if (!parsed.ok) {
    const { envelope, objectKey } = standIn(record);
    await objects.put(objectKey, await gzip(new Uint8Array(Buffer.from(record.body))));
    return { messageId, receiptHandle, receives, envelope, objectKey, digest: null, reason: parsed.reason };
  }
  const { envelope } = parsed;
  const objectKey = rawObjectKey(envelope.source, envelope.receiptId, envelope.receivedAt);
  const delivery = { messageId, receiptHandle, receives, envelope, objectKey, digest: null };
  const packed = await packedBody(envelope.body, objects);
  if (packed === undefined) return { ...delivery, reason: "the raw body is no longer in the object store" };
  const archived = envelope.body.at === "inline" ? objects.put(objectKey, packed) : Promise.resolve();
  const [unpacked] = await Promise.all([unpackOrReason(packed, envelope.sizeBytes), archived]);
  return { ...delivery, ...unpacked };
}

async function unpackOrReason(packed: Uint8Array<ArrayBuffer>, sizeBytes: number) {
  try {
    const body = await unpackBody(packed, sizeBytes);
    return { body, digest: createHash("sha256").update(body).digest("hex") };
  } catch (error) {
    if (error instanceof InflateError) return { reason: `the body cannot be unpacked: ${error.message}` };
    throw error;
  }
}

/**
 * What the lists show for a message that this release cannot read: what it says of its delivery, else its queue id as
 * key and an id made of it and of when it was sent. The kind is `unknown`, and its raw body is the message itself, kept apart from the delivery's own.
 */
function standIn(record: SQSRecord): { envelope: Envelope; objectKey: string } {
  const sentMs = Number(record.attributes.SentTimestamp);
  const receivedAt = new Date(sentMs).toISOString();
  const objectKey = rawObjectKey("unknown", record.messageId, receivedAt);
  const named = {
    receiptId: receiptIdOf(record.messageId, sentMs),
    source: "unknown",
    key: record.messageId,
    event: "",
    trace: "",
  };
  const envelope: Envelope = {
    v: 1,
    ...named,
    receivedAt,
    ...headOf(record.body),
    kind: "unknown",
    contentType: "application/octet-stream",
    sizeBytes: Buffer.byteLength(record.body),
    replay: 0,
    body: { at: "store", objectKey },
  };
  return { envelope, objectKey };
}

/** True for a message that got past `openDelivery`. */
export function isReadable(delivery: Delivery | Unreadable): delivery is Delivery {
  return "body" in delivery;
}
