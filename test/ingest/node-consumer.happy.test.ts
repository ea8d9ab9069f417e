import { randomUUID } from "node:crypto";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, expect, inject, test } from "vitest";
import { packMessage } from "../../functions/messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../functions/messages/receipt-id.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";
import { freshRepository, workflowRun } from "../support/github-delivery.ts";
import { startNode } from "../support/node-process.ts";
import { send, unreadQueue } from "../support/raw-queue.ts";
import { scratchDatabase } from "../support/scratch-database.ts";

const scratch = scratchDatabase();
const queueUrl = unreadQueue("node-consumer", 3);
const deadLetterUrl = unreadQueue("node-consumer-dead");
const credentials = { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" };
const sqs = new SQSClient({
  endpoint: new URL(inject("stack").queueUrl).origin,
  region: credentials.region,
  credentials,
});
afterAll(() => sqs.destroy());

const consumer = (change: Record<string, string> = {}) =>
  startNode("consumer", {
    DATABASE_URL: scratch().url,
    QUEUE_URL: queueUrl(),
    DEAD_LETTER_QUEUE_URL: deadLetterUrl(),
    ...change,
  });

/** Puts a delivery on the queue and returns its receipt. */
async function deliver(): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(workflowRun(freshRepository()))));
  const receiptId = newReceiptId();
  const head = {
    v: 1 as const,
    receiptId,
    source: "github",
    kind: "webhook",
    key: randomUUID(),
    event: "workflow_run",
    receivedAt: new Date(receivedAtMs(receiptId)).toISOString(),
    trace: "",
    contentType: "application/json",
    sizeBytes: bytes.byteLength,
    replay: 0,
  };
  await send(queueUrl(), await packMessage(head, bytes, s3Objects(inject("stack").bucketUrl, credentials)));
  return receiptId;
}

async function messagesLeft(): Promise<number> {
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl(), AttributeNames: [...names] });
  const { Attributes: found = {} } = await sqs.send(command);
  return names.reduce((sum, name) => sum + Number(found[name]), 0);
}

const isStored = async (receiptId: string) =>
  (await scratch().pool.query("select 1 from ledger.inbox where receipt_id = $1", [receiptId])).rowCount === 1;

/** Holds up every transaction that writes runs, until the returned function is called. */
async function holdUp(): Promise<{ isWaitedFor(): Promise<boolean>; release(): Promise<void> }> {
  const client = await scratch().pool.connect();
  await client.query("begin; lock table github.runs in access exclusive mode");
  return {
    async isWaitedFor() {
      const waiting =
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'runledger-consumer'";
      // Not on the connection that holds the lock: within a transaction the view doesn't change.
      return (await scratch().pool.query(waiting)).rowCount !== 0;
    },
    async release() {
      await client.query("commit");
      client.release();
    },
  };
}

test("told to stop, it finishes the batch in hand and deletes what it stored", async () => {
  const lock = await holdUp();
  const { child, exited, output } = await consumer();
  const receiptId = await deliver();
  await expect.poll(lock.isWaitedFor, { timeout: 10_000 }).toBe(true);
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(child.exitCode).toBeNull();
  await lock.release();
  expect(await exited).toBe(0);
  expect(await isStored(receiptId)).toBe(true);
  expect(await messagesLeft()).toBe(0);
  expect(output.stderr).toBe("");
});

test("told to stop while it waits for messages, it ends at once", async () => {
  const { child, exited } = await consumer();
  const asked = performance.now();
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
});

test("a batch that takes too long ends the process, whose locks go with it; the messages come again", async () => {
  const lock = await holdUp();
  const { exited, output } = await consumer({ FUNCTION_TIMEOUT_SECONDS: "1" });
  const receiptId = await deliver();
  expect(await exited).toBe(1);
  expect(output.stderr).toContain("timed out after 1000 ms");
  expect(await messagesLeft()).toBe(1);
  await lock.release();
  expect(await isStored(receiptId)).toBe(false);
  await consumer();
  await expect.poll(() => isStored(receiptId), { timeout: 15_000 }).toBe(true);
});
