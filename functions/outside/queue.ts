import {
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { AwsCredentials } from "./aws-credentials.ts";

/** Roughly how many messages a queue holds, by state (SQS GetQueueAttributes). */
export type QueueDepth = { visible: number; inFlight: number; delayed: number };

/** The longest a queue holds a message back (SQS DelaySeconds). */
export const LONGEST_DELAY_SECONDS = 900;

/** How long the queue keeps a message, and then the dead-letter queue (infra/limits.ts, dev/emulator.ts). */
export const QUEUE_RETENTION_SECONDS = 4 * 86_400;
export const DEAD_LETTER_RETENTION_SECONDS = 14 * 86_400;

/** What a message that is sent anew tells of those it was before, beside its text (SQS message attributes). */
export type SentBefore = {
  /** When the first of them was sent, in milliseconds since 1970. */
  firstSentMs: number;
  /** Receives they used up together. */
  receives: number;
};

/** Names of the attributes that carry it. */
export const SENT_BEFORE = { firstSentMs: "first-sent-ms", receives: "receives" } as const;

/** Durable hand-over of messages. Both methods throw when the queue refuses or can't be reached. */
export interface Queue {
  /** Resolves once the queue holds the message durably. `delaySeconds` at most LONGEST_DELAY_SECONDS. */
  send(message: string, delaySeconds?: number, sentBefore?: SentBefore): Promise<void>;
  depth(): Promise<QueueDepth>;
}

/** An SQS queue by its URL; one attempt a call, since the sender is told to come again. */
export function sqsQueue(queueUrl: string, credentials: AwsCredentials): Queue {
  const { region, accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new SQSClient({
    region,
    endpoint: new URL(queueUrl).origin,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    maxAttempts: 2,
  });
  const within = () => ({ abortSignal: AbortSignal.timeout(8_000) });
  return {
    async send(message, delaySeconds = 0, sentBefore) {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: message,
        DelaySeconds: delaySeconds,
        ...(sentBefore === undefined ? {} : { MessageAttributes: attributes(sentBefore) }),
      });
      await client.send(command, within());
    },
    async depth() {
      const command = new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      });
      const { Attributes: found = {} } = await client.send(command, within());
      return {
        visible: Number(found.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(found.ApproximateNumberOfMessagesNotVisible ?? 0),
        delayed: Number(found.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    },
  };
}

function attributes({ firstSentMs, receives }: SentBefore): Record<string, MessageAttributeValue> {
  return {
    [SENT_BEFORE.firstSentMs]: { DataType: "Number", StringValue: String(firstSentMs) },
    [SENT_BEFORE.receives]: { DataType: "Number", StringValue: String(receives) },
  };
}
