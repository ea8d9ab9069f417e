import type { SQSRecord } from "aws-lambda";
import { type ParsedEnvelope, parseEnvelope } from "../messages/envelope.ts";
import { log } from "./log.ts";
import type { Resources } from "./resources.ts";
import { isSuspect, readTried } from "./sent-before.ts";

/** A queue message with what its text says. */
export type Message = { record: SQSRecord; parsed: ParsedEnvelope };

/** Unpacked bodies that are opened together; what they say takes some ten times as much memory. */
const TOGETHER_BYTES = 32 * 1_048_576;

/** A message as it was received. */
export function messageOf(record: SQSRecord): Message {
  return { record, parsed: parseEnvelope(record.body) };
}

/**
 * Divides a batch so that one message costs only itself, and a function has the memory and the time: messages that come
 * for the first time are opened together, one too large for that after them, and then each that was received before,
 * alone, since it may be what ended the function. Of those that came back once more, only the one received least often is
 * begun: each that waits behind what ends the function would use up its receives too. What is left is for other invocations.
 */
export function divideBatch(messages: readonly Message[]): { parts: Message[][]; later: Message[] } {
  const { together, alone, later } = partsOf(messages.filter((message) => !wasReceivedBefore(message)));
  const again = messages.filter(wasReceivedBefore).toSorted((a, b) => receivesOf(a) - receivesOf(b));
  const [suspect, ...others] = again.filter(({ record }) => isSuspect(record));
  const unsuspected = again.filter(({ record }) => !isSuspect(record));
  const parts = [together, alone, ...unsuspected.map((message) => [message]), suspect === undefined ? [] : [suspect]];
  return { parts: parts.filter((part) => part.length > 0), later: [...later, ...others] };
}

/** False as well for a message without a count, so that each is in exactly one part. */
const wasReceivedBefore = (message: Message) => receivesOf(message) >= 2;

function partsOf(messages: readonly Message[]): { together: Message[]; alone: Message[]; later: Message[] } {
  const together: Message[] = [];
  const beyond: Message[] = [];
  let room = TOGETHER_BYTES;
  for (const message of messages) {
    const size = sizeOf(message);
    if (size > room) beyond.push(message);
    else {
      room -= size;
      together.push(message);
    }
  }
  const [first, ...later] = beyond;
  return { together, alone: first === undefined ? [] : [first], later };
}

/** A message to be sent on, and in how many seconds it is to be received. */
export type Later = { record: SQSRecord; afterSeconds?: number };

/**
 * Puts messages on the queue again as new ones with the same text, so that waiting uses up no receives: they carry their age
 * and the receives before this one. Returns the ids of those the queue did not take.
 */
export async function sendLater(messages: readonly Later[], { queue }: Pick<Resources, "queue">): Promise<string[]> {
  const sent = await Promise.allSettled(
    messages.map(({ record, afterSeconds = 0 }) => {
      const { firstSentMs, receives } = readTried(record);
      return queue.send(record.body, afterSeconds, { firstSentMs, receives: receives - 1 });
    }),
  );
  return sent.flatMap((result, i) => {
    const messageId = messages[i]?.record.messageId ?? "";
    if (result.status === "fulfilled") {
      log("sent on", { messageId });
      return [];
    }
    log("not sent on", { messageId, reason: String(result.reason) });
    return [messageId];
  });
}

const sizeOf = ({ parsed }: Message) => (parsed.ok ? parsed.envelope.sizeBytes : 0);
const receivesOf = ({ record }: Message) => readTried(record).receives;
