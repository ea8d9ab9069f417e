import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { receivedAtMs, verifyReceiptId } from "../../messages/receipt-id.ts";
import { DEAD_LETTER_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "../../outside/queue.ts";
import type { Env } from "../env.ts";
import { isAdmin } from "../http/admin.ts";

/** The path parameter of one delivery. */
export const ReceiptParam = z.object({
  id: z.string().min(1).openapi({
    description:
      "the id a receipt's `Location` carries: a UUID and its signature; with the admin token a bare UUID does",
    example: "019b0c6e-8f4a-7000-a1b2-c3d4e5f60718.0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  }),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The receipt an id names, and whether we signed it; undefined when the caller may not ask for it. */
export function receiptOf(c: Context<Env>, id: string): { receiptId: string; isOurs: boolean } | undefined {
  const receiptId = verifyReceiptId(id, c.env.config.RECEIPT_KEY);
  if (receiptId !== undefined) return { receiptId, isOurs: true };
  return UUID.test(id) && isAdmin(c) ? { receiptId: id, isOurs: false } : undefined;
}

/** The queue and its dead-letter queue hold a message no longer than this. */
const HELD_MS = (QUEUE_RETENTION_SECONDS + DEAD_LETTER_RETENTION_SECONDS) * 1_000;

/** Whether a receipt without any row may still be held by the queue. */
export function mayStillBeHeld(receiptId: string): boolean {
  return Date.now() - receivedAtMs(receiptId) <= HELD_MS;
}
