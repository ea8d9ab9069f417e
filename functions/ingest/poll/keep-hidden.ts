import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";

/** Messages of one call, at most. */
const MOST = 10;

const Attributes = z.object({ VisibilityTimeout: z.coerce.number().positive() });

/** For how many seconds a queue hides what was received. Throws when it does not say so. */
export async function readVisibilitySeconds(sqs: SQSClient, queueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["VisibilityTimeout"] });
  return Attributes.parse((await sqs.send(command)).Attributes).VisibilityTimeout;
}

/**
 * Keeps messages from coming again while they are worked on, thrice in `seconds`, each time
 * for as long. Returns the ending of it.
 */
export function keepHidden(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly Message[],
  seconds: number,
  onProblem: (problem: string) => void,
): () => void {
  const entries = messages.map(({ ReceiptHandle }, i) => ({
    Id: String(i % MOST),
    ReceiptHandle,
    VisibilityTimeout: seconds,
  }));
  const hide = async () => {
    for (let at = 0; at < entries.length; at += MOST) {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: entries.slice(at, at + MOST),
      });
      await sqs.send(command).catch((error: unknown) => onProblem(`messages may come again: ${String(error)}`));
    }
  };
  const timer = setInterval(hide, (seconds * 1_000) / 3);
  return () => clearInterval(timer);
}
