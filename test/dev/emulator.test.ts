import { randomBytes } from "node:crypto";
import { networkInterfaces } from "node:os";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import { REGION, startEmulator } from "../../dev/emulator.ts";
import { deleteOldRawBodies } from "../../dev/raw-retention.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";
import { ANY_KEY, ownEmulator, sendAll } from "../support/queue-sender.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const bytes = (size: number) => new Uint8Array(randomBytes(size));

test("the SDK reaches the queue by its bare URL", async () => {
  const emulator = await ownEmulator();
  await sendAll(emulator.queueUrl, ["hello"]);
  expect(emulator.inspect("runledger")).toEqual({ ready: 1, delayed: 0, inFlight: 0 });
});

test("objects come back byte for byte, small ones and those that go up in parts", async () => {
  const objects = s3Objects((await ownEmulator()).bucketUrl, { region: REGION, ...ANY_KEY });
  for (const [key, size] of [
    ["raw/github/small.gz", 3],
    ["raw/github/large.gz", 20 * 1024 * 1024],
  ] as const) {
    const body = bytes(size);
    await objects.put(key, body);
    expect(Buffer.compare((await objects.get(key)) ?? bytes(1), body)).toBe(0);
  }
  expect(await objects.get("raw/github/none.gz")).toBeUndefined();
});

test("queued, hidden and stored things are there after a stop and a start; settings are today's", async () => {
  const dataDir = temporaryFolder();
  const first = await startEmulator({ port: 0, dataDir, visibilityTimeoutSeconds: 1, maxReceiveCount: 3 });
  const sqs = new SQSClient({ region: REGION, credentials: ANY_KEY, endpoint: first.endpoint });
  onTestFinished(() => sqs.destroy());
  await sendAll(first.queueUrl, ["one", "two"]);
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: first.queueUrl }));
  const body = bytes(100);
  await s3Objects(first.bucketUrl, { region: REGION, ...ANY_KEY }).put("raw/github/kept.gz", body);
  await first.stop();

  const second = await startEmulator({ port: first.port, dataDir, visibilityTimeoutSeconds: 7, maxReceiveCount: 5 });
  onTestFinished(() => second.stop());
  const QueueUrl = second.queueUrl;
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes?.VisibilityTimeout).toBe("7");
  expect(JSON.parse(Attributes?.RedrivePolicy ?? "")).toMatchObject({ maxReceiveCount: 5 });
  const received: (string | undefined)[] = [];
  await expect
    .poll(
      async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        received.push(...Messages.map((message) => message.Body));
        return received.toSorted();
      },
      { timeout: 5_000 },
    )
    .toEqual(["one", "two"]);
  const objects = s3Objects(second.bucketUrl, { region: REGION, ...ANY_KEY });
  expect(Buffer.compare((await objects.get("raw/github/kept.gz")) ?? bytes(1), body)).toBe(0);
});

test("it listens on 127.0.0.1 alone", async () => {
  const { port, endpoint } = await ownEmulator();
  expect((await fetch(`${endpoint}/health`)).status).toBe(200);
  const outward = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const address of ["127.0.0.2", ...outward.map(({ address }) => address)])
    await expect(fetch(`http://${address}:${port}/health`)).rejects.toThrow();
});

test("raw bodies older than the retention go, younger ones and other keys stay", async () => {
  const { bucketUrl } = await ownEmulator();
  const objects = s3Objects(bucketUrl, { region: REGION, ...ANY_KEY });
  const keys = [
    "raw/github/2026/01/01/a.gz",
    "raw/github/2026/01/31/b.gz",
    "raw/kernelci/2025/12/31/c.gz",
    "raw/github/odd.gz",
  ];
  for (const key of keys) await objects.put(key, bytes(10));
  const deleted = await deleteOldRawBodies(bucketUrl, REGION, 30, Date.parse("2026-02-01T12:00:00Z"));
  const left = await Promise.all(keys.map(async (key) => ((await objects.get(key)) === undefined ? [] : [key])));
  expect([deleted, left.flat()]).toEqual([2, ["raw/github/2026/01/31/b.gz", "raw/github/odd.gz"]]);
});
