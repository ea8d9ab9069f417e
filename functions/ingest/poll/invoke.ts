import { setTimeout as sleep } from "node:timers/promises";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { lambdaContext } from "./event.ts";

/** A Lambda function with an SQS event source that reports partial failures. */
export type SqsFunction = (
  event: SQSEvent,
  context: Context,
) => Promise<SQSBatchResponse | undefined> | SQSBatchResponse;

/** How an invocation ended: ids of the messages that failed and, when it is not the function that names them, why. */
export type Invoked = { failed: ReadonlySet<string>; why?: string; timedOut: boolean };

/** Invokes as Lambda does: all messages failed when the function threw, took too long or answered nonsense. */
export async function invokeFunction(handler: SqsFunction, event: SQSEvent, timeoutMs: number): Promise<Invoked> {
  const ids = new Set(event.Records.map(({ messageId }) => messageId));
  try {
    const invocation = Promise.resolve(handler(event, lambdaContext(timeoutMs)));
    const failed = failedIds(await within(timeoutMs, invocation), ids);
    if (failed !== undefined) return { failed, timedOut: false };
    return {
      failed: ids,
      why: "the answer names a message that is not in the batch: all of it failed",
      timedOut: false,
    };
  } catch (error) {
    const why = `invocation failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { failed: ids, why, timedOut: error instanceof TimedOut };
  }
}

const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

/** The ids an answer reports as failed, or undefined when it is not one Lambda accepts. */
function failedIds(answer: unknown, known: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return undefined;
  const ids = (parsed.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  return ids.every((id) => known.has(id)) ? new Set(ids) : undefined;
}

class TimedOut extends Error {}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const clock = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: clock.signal }).then(() => {
    throw new TimedOut(`timed out after ${timeoutMs} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clock.abort();
  }
}
