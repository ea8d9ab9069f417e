import type { PollConfig } from "./config.ts";
import type { SqsFunction } from "./invoke.ts";
import { type PollerOptions, startPoller } from "./poller.ts";

/** The two functions, by what they are for. */
export type QueueFunctions = { main: SqsFunction; deadLetter: SqsFunction };

/** Polls the queue and its dead-letter queue in this process. `stop` finishes the batches in hand. */
export function pollQueues(
  config: PollConfig,
  functions: QueueFunctions,
  options: Pick<PollerOptions, "batchSize" | "concurrency" | "pause" | "onProblem" | "onTimeout"> = {},
): { stop(): Promise<void> } {
  const shared = {
    ...options,
    region: config.AWS_REGION,
    credentials: {
      accessKeyId: config.AWS_ACCESS_KEY_ID,
      secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
      ...(config.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: config.AWS_SESSION_TOKEN }),
    },
    waitSeconds: config.QUEUE_WAIT_SECONDS,
    functionTimeoutMs: config.FUNCTION_TIMEOUT_SECONDS * 1_000,
  };
  const pollers = [
    startPoller({ ...shared, queueUrl: config.QUEUE_URL, handler: functions.main }),
    startPoller({
      ...shared,
      queueUrl: config.DEAD_LETTER_QUEUE_URL,
      handler: functions.deadLetter,
      batchSize: 10,
      concurrency: 1,
      ...(options.pause === undefined ? {} : { pause: { ...options.pause, received() {} } }),
    }),
  ];
  return {
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
}
