import { ChangeMessageVisibilityBatchCommand, type Message, type SQSClient } from "@aws-sdk/client-sqs";

/** Messages of one call, at most. */
const MOST = 10;

/**
 * Keeps messages from coming again while they are worked on, however short the queue's own visibility timeout is: thrice
 * in `seconds`, each time for as long. Returns the ending of it.
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
