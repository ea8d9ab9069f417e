/** Thrown while reading a delivery that can never be stored; the message is the reason its sender is shown. */
export class Rejection extends Error {
  override name = "Rejection";
}

/** What became of one message: stored, to be tried again after a while, or refused for good. */
export type Outcome =
  | { is: "done" }
  | { is: "retry"; afterSeconds: number; reason: string }
  | { is: "reject"; reason: string };

/** Seconds before a message that was received `receives` times is tried again: 1, 4, 16 … times the base, at most 15 minutes. */
export function backoffSeconds(receives: number, baseSeconds: number): number {
  return Math.ceil(Math.min(900, baseSeconds * 4 ** Math.max(0, receives - 1)));
}

/** The outcome of a message that may succeed later. */
export function retryLater({ receives }: { receives: number }, reason: string, baseSeconds: number): Outcome {
  return { is: "retry", afterSeconds: backoffSeconds(receives, baseSeconds), reason: keptReason(reason, 1_000) };
}

/** Receives after which a message whose reading had to be ended is refused. */
const MAX_READ_ATTEMPTS = 3;

/** The outcome of a message whose reading was ended: tried again, alone, and refused when that helps no more. */
export function afterEndedReading({ receives }: { receives: number }, reason: string, baseSeconds: number): Outcome {
  return receives < MAX_READ_ATTEMPTS ? retryLater({ receives }, reason, baseSeconds) : { is: "reject", reason };
}

/** A reason as rows keep it: bounded, and free of what no text column can hold, since it may quote what was sent. */
export function keptReason(reason: string, maxLength: number): string {
  return reason.slice(0, maxLength).toWellFormed().replaceAll("\u0000", "\ufffd");
}
