import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { lambdaContext, lambdaEvent } from "./poller/event.ts";

/** A Lambda function with an SQS event source that reports partial failures. */
export type SqsFunction = (
  event: SQSEvent,
  context: Context,
) => Promise<SQSBatchResponse | undefined> | SQSBatchResponse;

export type PollerOptions = {
  queueUrl: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  handler: SqsFunction;
  /** Messages an invocation gets at most (10 without a window, as in AWS). */
  batchSize?: number;
  /** How long a batch that is not full waits for more. */
  windowMs?: number;
  /** Batches in hand at one time. */
  concurrency?: number;
  /** An invocation that takes longer counts as failed. */
  functionTimeoutMs?: number;
  /** How long one receive waits for messages; SQS allows 20 s. */
  waitSeconds?: number;
  /** Told of failed invocations and of a queue that doesn't answer. */
  onProblem?: (problem: string) => void;
};

export type Poller = {
  /** Ends the waiting at once, finishes the batches in hand, then resolves. */
  stop(): Promise<void>;
  /** Resolves when no batch is in hand. */
  idle(): Promise<void>;
};

/** Does what AWS does between a queue and a function: receives, invokes, deletes what succeeded, leaves what failed. */
export function startPoller(options: PollerOptions): Poller {
  const { queueUrl, region, credentials, batchSize = 10, windowMs = 0, concurrency = 2, waitSeconds = 2 } = options;
  const sqs = new SQSClient({ region, credentials, endpoint: new URL(queueUrl).origin, maxAttempts: 1 });
  const name = new URL(queueUrl).pathname.split("/").at(-1);
  const queueArn = `arn:aws:sqs:${region}:${new URL(queueUrl).pathname.split("/").at(-2)}:${name}`;
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const problem = (what: string) => options.onProblem?.(`${name}: ${what}`);

  async function receive(wanted: number, wait: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(10, wanted),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    const answer = await sqs.send(command, { abortSignal: stopping.signal });
    return answer.Messages ?? [];
  }

  async function receiveBatch(): Promise<Message[]> {
    const batch = await receive(batchSize, waitSeconds);
    const end = Date.now() + windowMs;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < end && !stopping.signal.aborted) {
      // What is in hand is worked on even when the queue goes away in between.
      const more = await receive(batchSize - batch.length, 0).catch(() => []);
      batch.push(...more);
      if (more.length === 0) await sleep(Math.min(25, Math.max(1, end - Date.now())));
    }
    return batch;
  }

  async function work(batch: Message[]): Promise<void> {
    const failed = await invoke(batch);
    const done = batch.filter((message) => !failed.has(message.MessageId ?? ""));
    for (let at = 0; at < done.length; at += 10) {
      const entries = done.slice(at, at + 10).map((message, index) => ({
        Id: String(index),
        ReceiptHandle: message.ReceiptHandle,
      }));
      const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      for (const entry of answer.Failed ?? []) problem(`a message was not deleted: ${entry.Message ?? entry.Code}`);
    }
  }

  /** Ids of the messages that failed; all of them when the invocation threw, took too long or answered nonsense. */
  async function invoke(batch: Message[]): Promise<ReadonlySet<string>> {
    const ids = new Set(batch.map((message) => message.MessageId ?? ""));
    const timeoutMs = options.functionTimeoutMs ?? 30_000;
    try {
      const invocation = Promise.resolve(
        options.handler(lambdaEvent(batch, queueArn, region), lambdaContext(timeoutMs)),
      );
      const failed = failedIds(await within(timeoutMs, invocation), ids);
      if (failed !== undefined) return failed;
      problem("the answer names a message that is not in the batch: all of it failed");
    } catch (error) {
      problem(`invocation failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    return ids;
  }

  async function loop(): Promise<void> {
    let waitMs = 250;
    while (!stopping.signal.aborted) {
      try {
        const batch = await receiveBatch();
        waitMs = 250;
        if (batch.length === 0) continue;
        const working = work(batch).finally(() => inHand.delete(working));
        inHand.add(working);
        await working;
      } catch (error) {
        if (stopping.signal.aborted) return;
        // One line an outage: the waits in between grow.
        if (waitMs === 250)
          problem(`the queue does not answer: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
        waitMs = Math.min(waitMs * 2, 2_000);
      }
    }
  }

  const loops = Array.from({ length: concurrency }, loop);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      sqs.destroy();
    },
    async idle() {
      while (inHand.size > 0) await Promise.allSettled(inHand);
    },
  };
}

const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

/** The ids an answer reports as failed, or undefined when it is not one Lambda accepts. */
function failedIds(answer: unknown, known: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return undefined;
  const ids = (parsed.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  return ids.every((id) => known.has(id)) ? new Set(ids) : undefined;
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const clock = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: clock.signal }).then(() => {
    throw new Error(`timed out after ${timeoutMs} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clock.abort();
  }
}
