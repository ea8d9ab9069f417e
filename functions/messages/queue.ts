import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AwsCredentials } from "./object-store.ts";

/** Roughly how many messages a queue holds, by state (SQS GetQueueAttributes). */
export type QueueDepth = { visible: number; inFlight: number; delayed: number };

/** The longest a queue holds a message back (SQS DelaySeconds). */
export const LONGEST_DELAY_SECONDS = 900;

/** Durable hand-over of messages. Both methods throw when the queue refuses or can't be reached. */
export interface Queue {
  /** Resolves once the queue holds the message durably. `delaySeconds` at most LONGEST_DELAY_SECONDS. */
  send(message: string, delaySeconds?: number): Promise<void>;
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
    async send(message, delaySeconds = 0) {
      const command = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message, DelaySeconds: delaySeconds });
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
