import type { ObjectStore } from "../outside/object-store.ts";
import { packedBody, unpackBody } from "./claim-check.ts";
import { type Envelope, parseEnvelope, serialiseEnvelope } from "./envelope.ts";

/** What a replay needs of a settled delivery; what is null was never known or is no longer kept. */
export type Replayable = Pick<Envelope, "receiptId" | "source" | "key" | "receivedAt"> & {
  kind: string | null;
  event: string | null;
  contentType: string | null;
  sizeBytes: number | null;
  objectKey: string | null;
  replays: number;
};

/** A message that replays a delivery; or why there is none: its body is gone, or was never one we can read. */
export type ReplayMessage =
  | { is: "message"; message: string; head: Envelope }
  | { is: "gone" }
  | { is: "unreadable"; reason: string };

/**
 * Makes the message that replays a settled delivery, with its raw body as a claim check. Where the message itself could
 * not be read, it was kept as the raw body: it goes out again as it came, if this release can read it.
 */
export async function replayMessage(row: Replayable, trace: string, objects: ObjectStore): Promise<ReplayMessage> {
  const { receiptId, source, kind, key, event, receivedAt, contentType, sizeBytes, objectKey } = row;
  if (kind === null || event === null || contentType === null || sizeBytes === null || objectKey === null)
    return { is: "gone" };
  const body = { at: "store", objectKey } as const;
  if (kind === "unknown") return await keptMessage(body, sizeBytes, objects);
  if (!(await objects.has(objectKey))) return { is: "gone" };
  const named = { receiptId, source, kind, key, event, receivedAt, trace, contentType, sizeBytes };
  const head = { v: 1, ...named, replay: row.replays + 1, body } as const;
  return { is: "message", message: serialiseEnvelope(head), head };
}

async function keptMessage(body: Envelope["body"], sizeBytes: number, objects: ObjectStore): Promise<ReplayMessage> {
  const packed = await packedBody(body, objects);
  if (packed === undefined) return { is: "gone" };
  const message = new TextDecoder().decode(await unpackBody(packed, sizeBytes));
  const parsed = parseEnvelope(message);
  return parsed.ok ? { is: "message", message, head: parsed.envelope } : { is: "unreadable", reason: parsed.reason };
}
