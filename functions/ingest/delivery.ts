import { Buffer } from "node:buffer";
import type { SQSRecord } from "aws-lambda";
import { packedBody, rawObjectKey, unpackBody } from "../messages/claim-check.ts";
import { type Envelope, parseEnvelope } from "../messages/envelope.ts";
import { gzip, InflateError } from "../messages/gzip.ts";
import type { ObjectStore } from "../messages/object-store.ts";

/** A queue message made ready for its kind: the envelope, the original bytes and how often it was received. */
export type Delivery = {
  messageId: string;
  receiptHandle: string;
  receives: number;
  envelope: Envelope;
  objectKey: string;
  body: Uint8Array<ArrayBuffer>;
};

/** A message that is refused before any kind sees it, with what can still be told of it. */
export type Unreadable = Omit<Delivery, "body"> & { reason: string };

/**
 * Opens a queue message: parses the envelope, fetches and unpacks the body, and makes sure that the raw body is in the
 * object store. Throws OutboundError when the store can't be reached.
 */
export async function openDelivery(record: SQSRecord, objects: ObjectStore): Promise<Delivery | Unreadable> {
  const { messageId, receiptHandle } = record;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const parsed = parseEnvelope(record.body);
  const envelope = parsed.ok ? parsed.envelope : standIn(record);
  const objectKey = rawObjectKey(envelope.source, envelope.receiptId, envelope.receivedAt);
  const delivery = { messageId, receiptHandle, receives, envelope, objectKey };
  if (!parsed.ok) {
    await objects.put(objectKey, await gzip(new Uint8Array(Buffer.from(record.body))));
    return { ...delivery, reason: parsed.reason };
  }
  const packed = await packedBody(envelope.body, objects);
  if (packed === undefined) return { ...delivery, reason: "the raw body is no longer in the object store" };
  if (envelope.body.at === "inline") await objects.put(objectKey, packed);
  try {
    return { ...delivery, body: await unpackBody(packed, envelope.sizeBytes) };
  } catch (error) {
    if (error instanceof InflateError) return { ...delivery, reason: `the body cannot be unpacked: ${error.message}` };
    throw error;
  }
}

/** What the lists show for a message that is no envelope: its queue id, and when it was sent. */
function standIn(record: SQSRecord): Envelope {
  const receivedAt = new Date(Number(record.attributes.SentTimestamp)).toISOString();
  return {
    v: 1,
    receiptId: record.messageId,
    source: "unknown",
    kind: "unknown",
    key: record.messageId,
    event: "",
    receivedAt,
    trace: "",
    contentType: "application/octet-stream",
    sizeBytes: record.body.length,
    replay: 0,
    body: { at: "store", objectKey: rawObjectKey("unknown", record.messageId, receivedAt) },
  };
}

/** True for a message that got past `openDelivery`. */
export function isReadable(delivery: Delivery | Unreadable): delivery is Delivery {
  return "body" in delivery;
}
