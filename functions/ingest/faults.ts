import { errorMessage, isBeyondLimits, isDatabaseAway, isPermanent } from "../../db/errors.ts";
import { AnswerTooLarge, OutboundError } from "../outside/outbound.ts";
import { type Outcome, Rejection, type RetrySettings, retryLater, type Tried, waitOut } from "./outcome.ts";

/** True when a part we stand on, the database or the object store, was away: whatever was asked says nothing about the message. */
export function isPartAway(error: unknown): boolean {
  return (error instanceof OutboundError && !(error instanceof AnswerTooLarge)) || isDatabaseAway(error);
}

/** The outcome of a message whose work threw: refused, left alone while a part is away, or tried again. */
export function settleError(error: unknown, tried: Tried, settings: RetrySettings): Outcome {
  if (error instanceof Rejection) return { is: "reject", reason: error.message };
  const reason = errorMessage(error);
  if (isPartAway(error)) return waitOut(tried, reason, settings);
  if (isBeyondLimits(error)) return { is: "reject", reason: `it is too large to be handled: ${reason}` };
  if (isPermanent(error)) return { is: "reject", reason: `the database refuses it: ${reason}` };
  return retryLater(tried, reason, settings.RETRY_BASE_SECONDS);
}
