import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, inject } from "vitest";

const credentials = { accessKeyId: "embedded", secretAccessKey: "embedded" };

function client(): SQSClient {
  const { queueUrl, functionEnv } = inject("stack");
  return new SQSClient({ endpoint: new URL(queueUrl).origin, region: functionEnv.AWS_REGION ?? "", credentials });
}

/** Puts a text on a queue as it is, past the edge. */
export async function send(queueUrl: string, text: string, DelaySeconds = 0): Promise<void> {
  const sqs = client();
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: text, DelaySeconds }));
  sqs.destroy();
}

/** Takes that many messages from a queue, however long they are delayed, and deletes them. */
export async function receiveAll(queueUrl: string, count: number): Promise<Message[]> {
  const sqs = client();
  const messages: Message[] = [];
  for (const end = Date.now() + 20_000; messages.length < count && Date.now() < end; ) {
    const received = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 1, MessageAttributeNames: ["All"] }),
    );
    for (const message of received.Messages ?? []) {
      messages.push(message);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
    }
  }
  sqs.destroy();
  return messages;
}

/** A queue of the file's own that the shared stack doesn't read; a message comes again after `visibilitySeconds`. */
export function unreadQueue(name: string, visibilitySeconds = 30): () => string {
  let url = "";
  beforeAll(async () => {
    const sqs = client();
    await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: String(visibilitySeconds) } }),
    );
    // The emulator names a host that does not resolve everywhere.
    url = inject("stack").queueUrl.replace(/[^/]+$/, name);
    sqs.destroy();
  });
  afterAll(async () => {
    const sqs = client();
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    sqs.destroy();
  });
  return () => url;
}
