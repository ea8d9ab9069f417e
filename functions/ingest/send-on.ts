import { packMessage } from "../messages/claim-check.ts";
import { newReceiptId } from "../messages/receipt-id.ts";
import { LONGEST_DELAY_SECONDS } from "../outside/queue.ts";
import type { Delivery } from "./delivery.ts";
import type { Resources } from "./resources.ts";

/** What the next message of a task differs in. */
export type SendOn = {
  /** Seconds until it is received; a longer wait than the queue allows must be looked at again on receipt. */
  afterSeconds?: number;
  /** Another body. */
  body?: Uint8Array<ArrayBuffer>;
  /** Whether a message with another body is still the same task. Else it gets an id of its own, since bodies are kept by id. */
  keepsId?: boolean;
};

/** Sends a task's message on as a new one, so that waiting uses up no receives. Throws when the queue refuses it. */
export async function sendOn(
  { envelope, body }: Delivery,
  { queue, objects }: Pick<Resources, "queue" | "objects">,
  next: SendOn = {},
): Promise<void> {
  const { body: _, ...head } = envelope;
  const bytes = next.body ?? body;
  const receiptId = next.body === undefined || next.keepsId ? head.receiptId : newReceiptId();
  const receivedAt = new Date().toISOString();
  const message = await packMessage(
    { ...head, receiptId, receivedAt, replay: 0, sizeBytes: bytes.byteLength },
    bytes,
    objects,
  );
  await queue.send(message, Math.min(LONGEST_DELAY_SECONDS, Math.ceil(next.afterSeconds ?? 0)));
}
