import { Buffer } from "node:buffer";
import type { ObjectStore } from "../outside/object-store.ts";
import { packMessage } from "./claim-check.ts";

/** A task to be begun: work for the consumer that is no delivery. */
export type NewTask = {
  id: string;
  source: string;
  kind: string;
  trace: string;
  /** What its kind's schema describes. */
  body: unknown;
};

/** The bytes of a task's body. */
export function taskBody(body: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(JSON.stringify(body)));
}

/** The queue's message that begins a task, or lets it go on. */
export async function packTask({ id, source, kind, trace, body }: NewTask, objects: ObjectStore): Promise<string> {
  const bytes = taskBody(body);
  const named = { source, kind, key: id, event: kind, trace, contentType: "application/json" };
  const receivedAt = new Date().toISOString();
  return await packMessage(
    { v: 1, receiptId: id, ...named, receivedAt, sizeBytes: bytes.byteLength, replay: 0 },
    bytes,
    objects,
  );
}
