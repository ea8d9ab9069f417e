import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { SQSRecord } from "aws-lambda";
import { findDamage, packedBody, rawObjectKey, unpackBody } from "../messages/claim-check.ts";
import { type Envelope, headOf, type ParsedEnvelope, parseEnvelope } from "../messages/envelope.ts";
import { receiptIdOf } from "../messages/receipt-id.ts";
import { gzip, InflateError } from "../outside/gzip.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Outcome, Tried } from "./outcome.ts";
import { readTried } from "./sent-before.ts";

/** A queue message made ready for its kind: the envelope, the original bytes and how often it was received. */
export type Delivery = Tried & {
  messageId: string;
  receiptHandle: string;
  envelope: Envelope;
  objectKey: string;
  /** SHA-256 of the body in hex; null when there is none. */
  digest: string | null;
  body: Uint8Array<ArrayBuffer>;
};

/** What is left of a message once its body was read. */
export type ReadDelivery = Omit<Delivery, "body">;

/** A message and what became of it. */
export type Settled = { delivery: ReadDelivery; outcome: Outcome };

/** A message without a body for any kind, with what can still be told of it; `mayPass` when the body may be there the next time. */
export type Unreadable = ReadDelivery & { reason: string; mayPass: boolean };

/** What a message says of its delivery, whether or not this release can read it. */
export function describeDelivery(record: SQSRecord, parsed: ParsedEnvelope = parseEnvelope(record.body)): ReadDelivery {
  const { messageId, receiptHandle } = record;
  const named = parsed.ok ? nameReadable(parsed.envelope) : standIn(record);
  return { messageId, receiptHandle, ...readTried(record), ...named, digest: null };
}

function nameReadable(envelope: Envelope) {
  return { envelope, objectKey: rawObjectKey(envelope.source, envelope.receiptId, envelope.receivedAt) };
}

/**
 * Makes sure that the raw body of a message is in the object store: its own, or the message itself when this release cannot
 * read it. Throws OutboundError when the store can't be reached.
 */
export async function archiveBody(
  record: SQSRecord,
  parsed: ParsedEnvelope,
  objectKey: string,
  objects: ObjectStore,
): Promise<void> {
  if (!parsed.ok) return await objects.put(objectKey, await gzip(new Uint8Array(Buffer.from(record.body))));
  const { body } = parsed.envelope;
  if (body.at === "inline") await objects.put(objectKey, new Uint8Array(Buffer.from(body.base64, "base64")));
}

/**
 * Opens a queue message: parses the envelope, fetches and unpacks the body, and makes sure that the raw body is in the
 * object store. Throws OutboundError when the store can't be reached.
 */
export async function openDelivery(
  record: SQSRecord,
  objects: ObjectStore,
  parsed: ParsedEnvelope = parseEnvelope(record.body),
): Promise<Delivery | Unreadable> {
  const delivery = describeDelivery(record, parsed);
  const archived = archiveBody(record, parsed, delivery.objectKey, objects);
  const [read] = await Promise.all([parsed.ok ? readBody(parsed.envelope, objects) : refused(parsed.reason), archived]);
  return { ...delivery, ...read };
}

const refused = (reason: string) => ({ reason, mayPass: false });

/** The original bytes; a stored object that is missing or broken may be whole the next time, an inline one never. */
async function readBody({ body, sizeBytes }: Envelope, objects: ObjectStore) {
  const packed = await packedBody(body, objects);
  if (packed === undefined) return { reason: "the raw body is no longer in the object store", mayPass: true };
  const broken = (how: string) => ({ reason: `the raw body in the object store is broken: ${how}`, mayPass: true });
  const damage = findDamage(body, packed);
  if (damage !== undefined) return broken(damage);
  try {
    const bytes = await unpackBody(packed, sizeBytes);
    if (body.at === "store" && bytes.byteLength !== sizeBytes)
      return broken(`it holds ${bytes.byteLength} bytes in place of ${sizeBytes}`);
    return { body: bytes, digest: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    return body.at === "inline" ? refused(`the body cannot be unpacked: ${error.message}`) : broken(error.message);
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
