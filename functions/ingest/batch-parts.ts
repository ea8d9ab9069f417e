import type { SQSRecord } from "aws-lambda";
import { type ParsedEnvelope, parseEnvelope } from "../messages/envelope.ts";
import { log } from "./log.ts";
import type { Resources } from "./resources.ts";

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
 * alone, since it may be what ended the function. What is left is for other invocations.
 */
export function divideBatch(messages: readonly Message[]): { parts: Message[][]; later: Message[] } {
  const { together, alone, later } = partsOf(messages.filter((message) => !wasReceivedBefore(message)));
  const again = messages.filter(wasReceivedBefore).toSorted((a, b) => receivesOf(a) - receivesOf(b));
  const parts = [together, alone, ...again.map((message) => [message])];
  return { parts: parts.filter((part) => part.length > 0), later };
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

/** Puts messages on the queue again as new ones, so that waiting uses up no receives. Returns the ids of those it did not take. */
export async function sendLater(messages: readonly Message[], { queue }: Pick<Resources, "queue">): Promise<string[]> {
  const sent = await Promise.allSettled(messages.map(({ record }) => queue.send(record.body)));
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
const receivesOf = ({ record }: Message) => Number(record.attributes.ApproximateReceiveCount);
