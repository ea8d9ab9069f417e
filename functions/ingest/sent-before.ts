import type { SQSRecord } from "aws-lambda";
import { SENT_BEFORE } from "../outside/queue.ts";
import type { Tried } from "./outcome.ts";

/** Ended readings and common faults are settled by then: what is received so often may be what ended the process. */
const SUSPECT_RECEIVES = 3;

/** What a message went through, that before it was sent on included. */
export function readTried({ attributes, messageAttributes }: SQSRecord): Tried {
  const carried = (name: string) => Number(messageAttributes?.[name]?.stringValue ?? Number.NaN);
  const earlier = carried(SENT_BEFORE.receives);
  const firstSentMs = carried(SENT_BEFORE.firstSentMs);
  return {
    receives: Number(attributes.ApproximateReceiveCount) + (Number.isInteger(earlier) ? earlier : 0),
    isSentOn: Number.isInteger(firstSentMs),
    firstSentMs: Number.isInteger(firstSentMs) ? firstSentMs : Number(attributes.SentTimestamp),
  };
}

/** Whether a message was received so often that others must not share a process with it. */
export const isSuspect = (record: SQSRecord) => readTried(record).receives >= SUSPECT_RECEIVES;
