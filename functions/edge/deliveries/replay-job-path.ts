import type { Context } from "hono";
import { signReceiptId, verifyReceiptId } from "../../messages/receipt-id.ts";
import type { Env } from "../env.ts";

/** A key of its own, so that no other receipt passes for a replay job. */
const keyFor = (c: Context<Env>) => `replays ${c.env.config.RECEIPT_KEY}`;

/** Where a replay job can be followed; signed, so that it needs no row to be known. */
export function replayJobPath(c: Context<Env>, jobId: string): string {
  return `/deliveries/replays/${signReceiptId(jobId, keyFor(c))}`;
}

/** The replay job a signed id names, or undefined when we did not sign it. */
export function verifyReplayJob(c: Context<Env>, signed: string): string | undefined {
  return verifyReceiptId(signed, keyFor(c));
}
