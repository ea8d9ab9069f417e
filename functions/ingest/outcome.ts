import { DEAD_LETTER_RETENTION_SECONDS, LONGEST_DELAY_SECONDS, QUEUE_RETENTION_SECONDS } from "../outside/queue.ts";
import type { Config } from "./config.ts";

/** Thrown while reading a delivery that can never be stored; the message is the reason its sender is shown. */
export class Rejection extends Error {
  override name = "Rejection";
}

/**
 * What became of one message: stored, to be tried again after a while, refused for good, or left alone because a part we
 * stand on was away (`away`): then it is sent on as a new message, and none of its receives is used up.
 */
export type Outcome =
  | { is: "done" }
  | { is: "retry" | "away"; afterSeconds: number; reason: string }
  | { is: "reject"; reason: string };

/** What decides how a message goes on: its receives but for those that met an outage, this one included, and its age. */
export type Tried = { receives: number; firstSentMs: number; isSentOn: boolean };

/** The settings of waiting. */
export type RetrySettings = Pick<Config, "RETRY_BASE_SECONDS" | "QUEUE_MAX_RECEIVES">;

/** The setting by which all waits are scaled, at its default. */
const BASE_SECONDS = 5;

/** Two hours before both queues' time is over: enough for all receives that are then used up after all. */
const LONGEST_OUTAGE_SECONDS = QUEUE_RETENTION_SECONDS + DEAD_LETTER_RETENTION_SECONDS - 2 * 3_600;

/**
 * Seconds before a message that was received `receives` times is tried again: 1, 4, 16 … times the base, at most 180 times the
 * base (15 minutes by default, and never more). Whole seconds, since the queue knows no others.
 */
export function backoffSeconds(receives: number, baseSeconds: number): number {
  return Math.ceil(Math.min(longestSeconds(baseSeconds), baseSeconds * 4 ** Math.max(0, receives - 1)));
}

/**
 * Seconds before a message of an age is looked at again during an outage: a quarter of its age, at least the base and at
 * most 180 times the base (5 s and 15 minutes by default).
 */
export function outageSeconds(ageSeconds: number, baseSeconds: number): number {
  return Math.ceil(Math.min(longestSeconds(baseSeconds), Math.max(baseSeconds, ageSeconds / 4)));
}

function longestSeconds(baseSeconds: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, (baseSeconds * LONGEST_DELAY_SECONDS) / BASE_SECONDS);
}

/** The outcome of a message that may succeed later. */
export function retryLater({ receives }: Pick<Tried, "receives">, reason: string, baseSeconds: number): Outcome {
  return { is: "retry", afterSeconds: backoffSeconds(receives, baseSeconds), reason: keptReason(reason, 1_000) };
}

/**
 * The outcome of a message that met a part that was away. It waits for up to 18 days (4 of the queue and 14 of the
 * dead-letter queue, scaled by RETRY_BASE_SECONDS as every wait); beyond that, and once it used up all receives by itself,
 * it is handed back as it is, so that no message goes round for ever.
 */
export function waitOut(tried: Tried, reason: string, settings: RetrySettings): Outcome {
  const { RETRY_BASE_SECONDS: base, QUEUE_MAX_RECEIVES: maxReceives } = settings;
  const ageSeconds = (Date.now() - tried.firstSentMs) / 1_000;
  const isSpent = tried.receives > maxReceives;
  if (isSpent || ageSeconds > (LONGEST_OUTAGE_SECONDS * base) / BASE_SECONDS) return retryLater(tried, reason, base);
  return { is: "away", afterSeconds: outageSeconds(ageSeconds, base), reason: keptReason(reason, 1_000) };
}

/** The outcome of a fault that may pass, and that is the message's own if it is still there at the last receive. */
export function retryOrReject(tried: Tried, reason: string, settings: RetrySettings): Outcome {
  if (tried.receives >= settings.QUEUE_MAX_RECEIVES) return { is: "reject", reason };
  return retryLater(tried, reason, settings.RETRY_BASE_SECONDS);
}

/** Receives after which a message whose reading had to be ended is refused. */
const MAX_READ_ATTEMPTS = 3;

/** The outcome of a message whose reading was ended: tried again, alone, and refused when that helps no more. */
export function afterEndedReading(tried: Tried, reason: string, settings: RetrySettings): Outcome {
  if (tried.receives >= MAX_READ_ATTEMPTS) return { is: "reject", reason };
  return retryLater(tried, reason, settings.RETRY_BASE_SECONDS);
}

/** A reason as rows keep it: bounded, and free of what no text column can hold, since it may quote what was sent. */
export function keptReason(reason: string, maxLength: number): string {
  return reason.slice(0, maxLength).toWellFormed().replaceAll("\u0000", "\ufffd");
}
