import type { Database } from "../../db/client.ts";
import { queuedScrapes } from "../../db/queries/github/scrape.ts";
import { postponedMailMessages } from "../../db/queries/ledger/due-mails.ts";
import { sweepWaiting, upsertQueueSeenEmpty } from "../../db/upserts/ledger/waiting.ts";
import type { Queue, QueueDepth } from "../outside/queue.ts";
import { LONG_AGO_SECONDS } from "./wake-scrapes.ts";

/** SQS counts settle within about a minute, so an empty queue says nothing about what arrived since. */
const SETTLING_MS = 60_000;

/** Messages in a queue, whatever their state. */
export function messagesIn({ visible, inFlight, delayed }: QueueDepth): number {
  return visible + inFlight + delayed;
}

/**
 * Reads the queue's depth and, when no delivery is in it, notes when: nothing accepted before then still waits there. A
 * scrape under way always has a message in the queue, and so have mails that are tried later; these are none.
 */
export async function watchQueue(db: Database, queue: Queue): Promise<QueueDepth> {
  // Counted first: what is held back that much longer is still there when the queue is asked.
  const heldBack = await postponedMailMessages(db, SETTLING_MS / 1_000);
  const askedAt = Date.now();
  const depth = await queue.depth();
  if (messagesIn(depth) <= heldBack + (await queuedScrapes(db, LONG_AGO_SECONDS)))
    await upsertQueueSeenEmpty(db, new Date(askedAt - SETTLING_MS).toISOString());
  return depth;
}

/**
 * Clears stale notes, and looks at the queue for those who read the metrics seldom; who reads them often has it looked at
 * each time.
 */
export async function tidyLedger(db: Database, queue: Queue): Promise<void> {
  await sweepWaiting(db);
  await watchQueue(db, queue);
}
