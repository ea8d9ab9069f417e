import type { SQSRecord } from "aws-lambda";
import { beforeEach, expect, inject, test } from "vitest";
import { readConfig } from "../../../../functions/ingest/config.ts";
import { ingestBatch } from "../../../../functions/ingest/dispatch.ts";
import { keepResources } from "../../../../functions/ingest/resources.ts";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";
import { packTask } from "../../../../functions/messages/task-message.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, TURBINE_LIKE } from "../../../support/github-rest.ts";
import { unreadQueue } from "../../../support/raw-queue.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();
const rest = githubRest();
const queueUrl = unreadQueue(`waits-${Date.now()}`);
beforeEach(() => emptyStore(scratch().pool));

/** The consumer on a queue that nobody reads, and the delays of what it sends there. */
function consumer() {
  const env = { ...inject("stack").functionEnv, QUEUE_URL: queueUrl(), GITHUB_API_URL: rest().url };
  const kept = keepResources(readConfig(env), scratch().db);
  const delays: (number | undefined)[] = [];
  const send = async (message: string, delaySeconds?: number) => {
    await kept.queue.send(message, delaySeconds);
    delays.push(delaySeconds);
  };
  return { delays, resources: { ...kept, queue: { ...kept.queue, send } } };
}

const record = (body: string): SQSRecord => ({
  messageId: crypto.randomUUID(),
  receiptHandle: "none",
  body,
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: String(Date.now()),
    SenderId: "x",
    ApproximateFirstReceiveTimestamp: String(Date.now()),
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:runledger",
  awsRegion: "eu-central-1",
});

const scrape = (id: string) => ({
  id,
  source: "github",
  kind: "scrape",
  trace: "test",
  body: { v: 1, repo: TURBINE_LIKE, max_runs: null, since: null, jobs: true },
});

test("an hour's wait is a chain of delayed messages, each the queue's longest, without a receive or a request", async () => {
  const { resources, delays } = consumer();
  const id = newReceiptId();
  const message = await packTask(scrape(id), resources.objects);
  expect(await ingestBatch([record(message)], resources)).toEqual([]);
  expect(delays).toEqual([0]);
  const asked = rest().requests.length;
  for (const [wait, delay] of [
    ["1 hour", 900],
    ["901 seconds", 900],
    ["90 seconds", 90],
    ["-1 seconds", 0],
  ] as const) {
    await scratch().pool.query("update github.scrapes set wake_at = now() + $1::interval", [wait]);
    expect(await ingestBatch([record(message)], resources)).toEqual([]);
    expect([wait, delays.at(-1)]).toEqual([wait, delay]);
    expect(rest().requests.length).toBe(asked + (delay === 0 ? 1 : 0));
  }
  expect(await resources.queue.depth()).toMatchObject({ visible: 2, delayed: 3 });
});

test("while the queue refuses the next message, the turn taken is kept and the message comes again", async () => {
  const { resources } = consumer();
  const id = newReceiptId();
  const message = await packTask(scrape(id), resources.objects);
  const refusing = { ...resources.queue, send: () => Promise.reject(new Error("the queue is away")) };
  const first = record(message);
  expect(await ingestBatch([first], { ...resources, queue: refusing })).toEqual([first.messageId]);
  const state = async () => (await scratch().pool.query("select turn, step, requests from github.scrapes")).rows;
  expect(await state()).toEqual([{ turn: 1, step: "branches", requests: 1 }]);
  expect((await scratch().pool.query("select kind, reason from ledger.waiting")).rows).toEqual([
    { kind: "scrape", reason: "the queue is away" },
  ]);
  expect(
    await ingestBatch([{ ...first, attributes: { ...first.attributes, ApproximateReceiveCount: "2" } }], resources),
  ).toEqual([]);
  expect(await state()).toEqual([{ turn: 2, step: "commits", requests: 2 }]);
  expect((await scratch().pool.query("select from ledger.waiting")).rowCount).toBe(0);
});

test("a message that asks for no scrape is refused with the reason", async () => {
  const { resources } = consumer();
  const id = newReceiptId();
  const message = await packTask({ ...scrape(id), body: { v: 2, repo: TURBINE_LIKE } }, resources.objects);
  expect(await ingestBatch([record(message)], resources)).toEqual([]);
  const { rows } = await scratch().pool.query("select state, reason from ledger.rejected where receipt_id = $1", [id]);
  expect(rows).toEqual([{ state: "rejected", reason: expect.stringMatching(/^v: /) }]);
});
