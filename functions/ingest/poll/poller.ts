import { setTimeout as sleep } from "node:timers/promises";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { isSuspect } from "../sent-before.ts";
import { lambdaEvent } from "./event.ts";
import { invokeFunction, type SqsFunction } from "./invoke.ts";
import { keepHidden, readVisibilitySeconds } from "./keep-hidden.ts";
import type { Pause } from "./pause.ts";
import { openTurns } from "./turns.ts";

/** Messages of one receive or delete, at most. */
const MOST = 10;

/** Between two looks whether a pause is over. */
const PAUSED_MS = 500;

export type PollerOptions = {
  queueUrl: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
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
  /** Asked before each receive, and told of each batch; without one, receiving never pauses. */
  pause?: Pause;
  /** Told of failed invocations and of a queue that doesn't answer. */
  onProblem?: (problem: string) => void;
  /** Told of an invocation that took too long: what it still does, and what it holds, is not known. */
  onTimeout?: () => void;
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
  /** For how long messages in hand are hidden, again and again: as long as the queue itself does. */
  let hiddenSeconds: number | undefined;
  const sqs = new SQSClient({ region, credentials, endpoint: new URL(queueUrl).origin, maxAttempts: 1 });
  const name = new URL(queueUrl).pathname.split("/").at(-1);
  const queueArn = `arn:aws:sqs:${region}:${new URL(queueUrl).pathname.split("/").at(-2)}:${name}`;
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  const inHand = new Set<Promise<void>>();
  const turns = openTurns();
  const problem = (what: string) => options.onProblem?.(`${name}: ${what}`);

  async function receive(wanted: number, wait: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(MOST, wanted),
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
    let last = batch.length;
    // A full receive says that more is there already; only what is not there yet is waited for.
    while (batch.length > 0 && batch.length < batchSize && (last === MOST || Date.now() < end) && !isStopping()) {
      // What is in hand is worked on even when the queue goes away in between.
      const more = await receive(batchSize - batch.length, 0).catch(() => []);
      batch.push(...more);
      last = more.length;
      if (last === 0) await sleep(Math.min(25, Math.max(1, end - Date.now())));
    }
    return batch;
  }

  async function work(batch: Message[], hiddenSeconds: number): Promise<void> {
    const failed = await invoke(batch, hiddenSeconds);
    const done = batch.filter((message) => !failed.has(message.MessageId ?? ""));
    for (let at = 0; at < done.length; at += MOST) {
      const entries = done.slice(at, at + MOST).map((message, index) => ({
        Id: String(index),
        ReceiptHandle: message.ReceiptHandle,
      }));
      const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      for (const entry of answer.Failed ?? []) problem(`a message was not deleted: ${entry.Message ?? entry.Code}`);
    }
  }

  /** Ids of the messages that failed. */
  async function invoke(batch: Message[], hiddenSeconds: number): Promise<ReadonlySet<string>> {
    const timeoutMs = options.functionTimeoutMs ?? 300_000;
    const event = lambdaEvent(batch, queueArn, region);
    const letGo = keepHidden(sqs, queueUrl, batch, hiddenSeconds, problem);
    const run = () => invokeFunction(options.handler, event, timeoutMs);
    // In Lambda each invocation has a process of its own; here what ends it would end the batches beside it.
    const turn = event.Records.some(isSuspect) ? turns.alone(run) : turns.together(run);
    const { failed, why, timedOut } = await turn.finally(letGo);
    if (why !== undefined) problem(why);
    if (timedOut) options.onTimeout?.();
    return failed;
  }

  const mayReceive = async () => options.pause === undefined || (await options.pause.mayReceive());

  async function loop(): Promise<void> {
    let waitMs = 250;
    while (!isStopping()) {
      try {
        if (!(await mayReceive())) {
          await sleep(PAUSED_MS, undefined, { signal: stopping.signal });
          continue;
        }
        hiddenSeconds ??= await readVisibilitySeconds(sqs, queueUrl);
        const batch = await receiveBatch();
        options.pause?.received(batch);
        waitMs = 250;
        if (batch.length === 0) continue;
        const working = work(batch, hiddenSeconds).finally(() => inHand.delete(working));
        inHand.add(working);
        await working;
      } catch (error) {
        if (isStopping()) return;
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
