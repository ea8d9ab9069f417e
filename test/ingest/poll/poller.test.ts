import { setTimeout as sleep } from "node:timers/promises";
import type { SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { type Emulator, REGION, startEmulator } from "../../../dev/emulator.ts";
import type { SqsFunction } from "../../../functions/ingest/poll/invoke.ts";
import { pauseWhileAway } from "../../../functions/ingest/poll/pause.ts";
import { type PollerOptions, startPoller } from "../../../functions/ingest/poll/poller.ts";
import { ANY_KEY, ownEmulator, sendAll } from "../../support/queue-sender.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const EMPTY = { ready: 0, delayed: 0, inFlight: 0 };
const bodies = (event: SQSEvent) => event.Records.map((record) => record.body);
const idsOf = (event: SQSEvent, body: string) =>
  event.Records.filter((record) => record.body === body).map(({ messageId }) => ({ itemIdentifier: messageId }));

/** Polls the emulator's queue with a function that notes each batch it is given. */
function poll(emulator: Emulator, answer: SqsFunction, options: Partial<PollerOptions> = {}) {
  const batches: SQSEvent[] = [];
  const problems: string[] = [];
  const poller = startPoller({
    queueUrl: emulator.queueUrl,
    region: REGION,
    credentials: ANY_KEY,
    handler: (event, context) => {
      batches.push(structuredClone(event));
      return answer(event, context);
    },
    concurrency: 1,
    waitSeconds: 1,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  onTestFinished(() => poller.stop());
  return { poller, batches, problems, seen: () => batches.flatMap(bodies) };
}

const done: SqsFunction = async () => ({ batchItemFailures: [] });

test("what succeeds leaves the queue, in batches of at most ten", async () => {
  const emulator = await ownEmulator();
  const texts = Array.from({ length: 25 }, (_, n) => `message ${n}`);
  await sendAll(emulator.queueUrl, texts);
  const { seen, batches } = poll(emulator, done);
  await expect.poll(() => emulator.inspect("runledger")).toEqual(EMPTY);
  expect(seen().toSorted()).toEqual(texts.toSorted());
  expect(batches.map((batch) => batch.Records.length)).toEqual([10, 10, 5]);
});

test("the function gets the event Lambda would hand it", async () => {
  const emulator = await ownEmulator();
  const before = Date.now();
  await sendAll(emulator.queueUrl, ["hello"]);
  let left = 0;
  const { batches } = poll(emulator, async (_, context) => {
    left = context.getRemainingTimeInMillis();
    return undefined;
  });
  await expect.poll(() => batches.length).toBe(1);
  expect(batches[0]?.Records).toEqual([
    {
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: "hello",
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {},
      md5OfBody: "5d41402abc4b2a76b9719d911017c592",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:runledger",
      awsRegion: REGION,
    },
  ]);
  expect(Number(batches[0]?.Records[0]?.attributes.SentTimestamp)).toBeGreaterThanOrEqual(before);
  expect(left).toBeGreaterThan(25_000);
});

test("of a partial failure only the failed come again, once their visibility has run out", async () => {
  const emulator = await ownEmulator({ visibilityTimeoutSeconds: 1 });
  await sendAll(emulator.queueUrl, ["good", "bad", "fine"]);
  const { batches, seen } = poll(emulator, async (event) => ({
    batchItemFailures: event.Records.some((r) => r.attributes.ApproximateReceiveCount === "2")
      ? []
      : idsOf(event, "bad"),
  }));
  await expect.poll(() => emulator.inspect("runledger")).toEqual({ ready: 0, delayed: 0, inFlight: 1 });
  await expect.poll(() => emulator.inspect("runledger"), { timeout: 5_000 }).toEqual(EMPTY);
  expect(seen().toSorted()).toEqual(["bad", "bad", "fine", "good"]);
  const [first, last] = [batches[0]?.Records[0], batches.at(-1)?.Records[0]];
  expect(Number(last?.attributes.SentTimestamp)).toBeGreaterThan(0);
  expect([first?.attributes.ApproximateReceiveCount, last?.attributes.ApproximateReceiveCount]).toEqual(["1", "2"]);
});

test.each<[string, SqsFunction]>([
  ["throws", () => Promise.reject(new Error("broken"))],
  [
    "throws before it is asynchronous",
    () => {
      throw new Error("broken");
    },
  ],
  ["takes too long", () => sleep(60_000, { batchItemFailures: [] }, { ref: false })],
  ["names a message that is not in the batch", async () => ({ batchItemFailures: [{ itemIdentifier: "unknown" }] })],
  ["names an empty id", async () => ({ batchItemFailures: [{ itemIdentifier: "" }] })],
])("when the function %s, the whole batch comes again", async (_, fail) => {
  const emulator = await ownEmulator({ visibilityTimeoutSeconds: 1 });
  await sendAll(emulator.queueUrl, ["one", "two"]);
  const { seen, problems } = poll(
    emulator,
    (event, context) =>
      event.Records[0]?.attributes.ApproximateReceiveCount === "1" ? fail(event, context) : done(event, context),
    { functionTimeoutMs: 100, windowMs: 100 },
  );
  await expect.poll(() => seen().length, { timeout: 5_000 }).toBe(4);
  await expect.poll(() => emulator.inspect("runledger")).toEqual(EMPTY);
  expect(seen().toSorted()).toEqual(["one", "one", "two", "two"]);
  expect(problems.length).toBeGreaterThan(0);
});

test("what is in hand does not come again, however long it takes", async () => {
  const emulator = await ownEmulator({ visibilityTimeoutSeconds: 1 });
  await sendAll(emulator.queueUrl, ["slow"]);
  const slow: SqsFunction = () => sleep(3_500, { batchItemFailures: [] });
  const { seen, problems } = poll(emulator, slow);
  await sleep(3_000);
  expect(emulator.inspect("runledger")).toEqual({ ready: 0, delayed: 0, inFlight: 1 });
  await expect.poll(() => emulator.inspect("runledger"), { timeout: 5_000 }).toEqual(EMPTY);
  expect([seen(), problems]).toEqual([["slow"], []]);
});

test("a message that fails too often moves to the dead-letter queue", async () => {
  const emulator = await ownEmulator({ visibilityTimeoutSeconds: 1, maxReceiveCount: 2 });
  await sendAll(emulator.queueUrl, ["poison", "good"]);
  const { seen } = poll(emulator, async (event) => ({ batchItemFailures: idsOf(event, "poison") }));
  await expect.poll(() => emulator.inspect("runledger-dead").ready, { timeout: 10_000 }).toBe(1);
  expect(seen().toSorted()).toEqual(["good", "poison", "poison"]);
  expect(emulator.inspect("runledger")).toEqual(EMPTY);
});

test("stop finishes the batch in hand and takes no other", async () => {
  const emulator = await ownEmulator();
  await sendAll(emulator.queueUrl, ["slow"]);
  let finished = false;
  const { poller, batches } = poll(emulator, async () => {
    await sleep(400);
    finished = true;
    return { batchItemFailures: [] };
  });
  await expect.poll(() => batches.length).toBe(1);
  await poller.stop();
  expect(finished).toBe(true);
  expect(emulator.inspect("runledger")).toEqual(EMPTY);
  await sendAll(emulator.queueUrl, ["late"]);
  await sleep(100);
  expect(emulator.inspect("runledger").ready).toBe(1);
});

test("stop does not wait for a long poll, and idle waits for what is in hand", async () => {
  const emulator = await ownEmulator();
  const { poller, batches } = poll(emulator, () => sleep(300, { batchItemFailures: [] }), { waitSeconds: 20 });
  await sendAll(emulator.queueUrl, ["one"]);
  await expect.poll(() => batches.length).toBe(1);
  await poller.idle();
  expect(emulator.inspect("runledger")).toEqual(EMPTY);
  const before = Date.now();
  await poller.stop();
  expect(Date.now() - before).toBeLessThan(5_000);
});

test("a window gathers messages that come one by one into a batch", async () => {
  const emulator = await ownEmulator();
  const { batches, seen } = poll(emulator, done, { batchSize: 15, windowMs: 1_500 });
  const texts = Array.from({ length: 15 }, (_, n) => String(n));
  await sendAll(emulator.queueUrl, texts);
  await expect.poll(() => seen().length).toBe(15);
  expect(batches.length).toBe(1);
});

test("it outlives a queue that goes away, and tells of it once", async () => {
  const dataDir = temporaryFolder();
  const first = await startEmulator({ port: 0, dataDir });
  const { seen, problems } = poll(first, done);
  await sendAll(first.queueUrl, ["before"]);
  await expect.poll(seen).toEqual(["before"]);
  await first.stop();
  await expect.poll(() => problems.length).toBe(1);
  await sleep(1_500);
  expect(problems).toEqual([expect.stringContaining("the queue does not answer")]);
  const second = await startEmulator({ port: first.port, dataDir });
  onTestFinished(() => second.stop());
  await sendAll(second.queueUrl, ["after"]);
  await expect.poll(seen, { timeout: 5_000 }).toEqual(["before", "after"]);
});

test("while the database is away nothing is received, and receiving goes on within seconds of its return", async () => {
  const emulator = await ownEmulator();
  let isThere = false;
  let looks = 0;
  const changes: boolean[] = [];
  const look = async () => {
    looks += 1;
    if (looks === 2) throw new Error("connect ECONNREFUSED");
    return isThere;
  };
  const { batches, seen } = poll(emulator, done, { pause: pauseWhileAway(look, (there) => changes.push(there)) });
  await sendAll(emulator.queueUrl, ["one", "two"]);
  await sleep(3_500);
  expect([batches.length, emulator.inspect("runledger").ready]).toEqual([0, 2]);
  expect(looks).toBeLessThanOrEqual(5);
  isThere = true;
  await expect.poll(() => seen().toSorted(), { timeout: 3_000 }).toEqual(["one", "two"]);
  expect(changes).toEqual([false, true]);
});
