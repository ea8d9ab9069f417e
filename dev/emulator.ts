import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { FauxqsServer } from "fauxqs";
import * as z from "zod";
import { DEAD_LETTER_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "../functions/outside/queue.ts";

export const REGION = "eu-central-1";
const ACCOUNT = "000000000000";
/** Told of each server that is about to listen, with the options it is going to use. */
const LISTEN_CHANNEL = "tracing:net.server.listen:asyncStart";
const Listening = z.object({ options: z.custom<{ host?: unknown }>((value) => typeof value === "object") });

export type EmulatorOptions = {
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Folder of queues and objects; what is there at start is there again. */
  dataDir: string;
  /** How long a received message stays hidden; SQS asks for at least the function's time limit. */
  visibilityTimeoutSeconds?: number | undefined;
  /** Receives after which a message moves to the dead-letter queue. */
  maxReceiveCount?: number | undefined;
};

/** What a queue holds at this moment, by state. */
export type QueueState = { ready: number; delayed: number; inFlight: number };

export type Emulator = {
  endpoint: string;
  port: number;
  queueUrl: string;
  deadLetterQueueUrl: string;
  bucketUrl: string;
  inspect(queue: "runledger" | "runledger-dead"): QueueState;
  stop(): Promise<void>;
};

/** Where an emulator on a port has its queues and its bucket. */
export function emulatorUrls(port: number) {
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    queueUrl: `${endpoint}/${ACCOUNT}/runledger`,
    deadLetterQueueUrl: `${endpoint}/${ACCOUNT}/runledger-dead`,
    bucketUrl: `${endpoint}/runledger`,
  };
}

/** SQS and S3 in this process: queue `runledger` with redrive to `runledger-dead`, bucket `runledger`. Any credentials do. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const { startFauxqs } = await import("fauxqs").catch((cause: unknown) => {
    const instead = "set QUEUE_URL, DEAD_LETTER_QUEUE_URL and OBJECTS_URL, or install without --omit=dev";
    throw new Error(`the SQS and S3 emulator is not installed: ${instead}`, { cause });
  });
  const server = await onLoopback(() =>
    startFauxqs({
      port: options.port,
      logger: false,
      defaultRegion: REGION,
      dataDir: join(options.dataDir, "queues"),
      s3StorageDir: join(options.dataDir, "objects"),
      init: { region: REGION, queues: queuesOf(options), buckets: ["runledger"] },
    }),
  );
  const urls = emulatorUrls(server.port);
  await applyAttributes(urls.endpoint, options);
  return {
    ...urls,
    port: server.port,
    inspect: (queue) => stateOf(server, queue),
    stop: () => server.stop(),
  };
}

function queuesOf({ visibilityTimeoutSeconds = 60, maxReceiveCount = 8 }: EmulatorOptions) {
  const VisibilityTimeout = String(visibilityTimeoutSeconds);
  const deadLetterTargetArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:runledger-dead`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
  return [
    {
      name: "runledger-dead",
      attributes: { VisibilityTimeout, MessageRetentionPeriod: String(DEAD_LETTER_RETENTION_SECONDS) },
    },
    {
      name: "runledger",
      attributes: { VisibilityTimeout, RedrivePolicy, MessageRetentionPeriod: String(QUEUE_RETENTION_SECONDS) },
    },
  ];
}

/** Queues that were there already keep their old settings at start: set today's. */
async function applyAttributes(endpoint: string, options: EmulatorOptions): Promise<void> {
  const credentials = { accessKeyId: "embedded", secretAccessKey: "embedded" };
  const sqs = new SQSClient({ endpoint, region: REGION, credentials });
  for (const { name, attributes } of queuesOf(options)) {
    const QueueUrl = `${endpoint}/${ACCOUNT}/${name}`;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }));
  }
  sqs.destroy();
}

/**
 * Runs what starts the emulator, which checks no credentials and knows no other address than every one: it listens on
 * 127.0.0.1 instead.
 */
async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
  const narrow = (message: unknown) => {
    const { options } = Listening.parse(message);
    if (options.host === "0.0.0.0") options.host = "127.0.0.1";
  };
  subscribe(LISTEN_CHANNEL, narrow);
  try {
    return await start();
  } finally {
    unsubscribe(LISTEN_CHANNEL, narrow);
  }
}

function stateOf(server: FauxqsServer, queue: string): QueueState {
  const messages = server.inspectQueue(queue)?.messages;
  return {
    ready: messages?.ready.length ?? 0,
    delayed: messages?.delayed.length ?? 0,
    inFlight: messages?.inflight.length ?? 0,
  };
}
