import { randomBytes, randomUUID } from "node:crypto";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { expect, inject, test, vi } from "vitest";
import { lambdaContext } from "../../functions/ingest/poll/event.ts";
import { packMessage } from "../../functions/messages/claim-check.ts";
import { parseEnvelope } from "../../functions/messages/envelope.ts";
import { newReceiptId, receivedAtMs } from "../../functions/messages/receipt-id.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";
import { testPool } from "../support/database.ts";
import { freshRepository, workflowRun } from "../support/github-delivery.ts";
import { receiveAll, unreadQueue } from "../support/raw-queue.ts";

const pool = testPool();
const { functionEnv, bucketUrl } = inject("stack");
const queueUrl = unreadQueue("lambda-sends-on");
const credentials = { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" };
const objects = s3Objects(bucketUrl, credentials);

/** The consumer with an environment of its own, as a fresh function instance would have it. */
async function functionWith(env: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ ...functionEnv, RETRY_BASE_SECONDS: "1", ...env }))
    vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = await import("../../functions/ingest/lambda.ts");
  return (sent: SQSEvent) => handler(sent, lambdaContext(60_000));
}

/** A record as Lambda hands it over; the receipt handle belongs to no message, so postponing it fails as it may. */
function record(body: string, receives = 1): SQSRecord {
  return {
    messageId: randomUUID(),
    receiptHandle: "none",
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(Date.now()),
      SenderId: "x",
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:runledger",
    awsRegion: "eu-central-1",
  };
}
const event = (...records: SQSRecord[]): SQSEvent => ({ Records: records });

/** The queue's message for a GitHub delivery; `change` overrides the envelope. */
async function message(payload: unknown, change: Record<string, unknown> = {}): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  const receiptId = newReceiptId();
  const head = {
    v: 1 as const,
    receiptId,
    source: "github",
    kind: "webhook",
    key: randomUUID(),
    event: "workflow_run",
    receivedAt: new Date(receivedAtMs(receiptId)).toISOString(),
    trace: "a trace",
    contentType: "application/json",
    sizeBytes: bytes.byteLength,
    replay: 0,
  };
  return JSON.stringify({ ...JSON.parse(await packMessage(head, bytes, objects)), ...change });
}

function idOf(text: string): string {
  const parsed = parseEnvelope(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.envelope.receiptId;
}

async function outcomeOf(text: string) {
  const parsed = parseEnvelope(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  const stored = await pool.query("select outcome from ledger.inbox where receipt_id = $1", [
    parsed.envelope.receiptId,
  ]);
  const refused = await pool.query("select state, reason from ledger.rejected where receipt_id = $1", [
    parsed.envelope.receiptId,
  ]);
  return stored.rows[0]?.outcome ?? refused.rows[0];
}

test("an empty batch and a good one name no failure", async () => {
  const handler = await functionWith();
  expect(await handler(event())).toEqual({ batchItemFailures: [] });
  const good = await message(workflowRun(freshRepository()));
  expect(await handler(event(record(good)))).toEqual({ batchItemFailures: [] });
  expect(await outcomeOf(good)).toBe("applied");
});

test("what is no envelope, or one of the future, is recorded and acknowledged beside a good message", async () => {
  const handler = await functionWith();
  const good = await message(workflowRun(freshRepository()));
  const bad = ["not json", "{}", '{"v":2}', "[]"].map((body) => record(body));
  expect(await handler(event(...bad, record(good)))).toEqual({ batchItemFailures: [] });
  expect(await outcomeOf(good)).toBe("applied");
  const { rows } = await pool.query("select reason, receipt_id from ledger.rejected where key = any($1) order by 1", [
    bad.map((one) => one.messageId),
  ]);
  const sent = bad.map((one) => Number(one.attributes.SentTimestamp));
  for (const { receipt_id } of rows) expect(sent).toContain(receivedAtMs(receipt_id));
  expect(rows.map(({ reason }) => reason)).toEqual([
    "message version 2 is unknown",
    "the message has no version",
    "the message has no version",
    "the message is not JSON",
  ]);
});

test("a kind nobody handles and a broken body are refused at once with their reasons", async () => {
  const handler = await functionWith();
  const unknown = await message({}, { source: "nowhere" });
  const broken = await message({}, { body: { at: "inline", base64: "AAAA" } });
  const short = await message(workflowRun(freshRepository()), { sizeBytes: 3 });
  expect(await handler(event(...[unknown, broken, short].map((text) => record(text))))).toEqual({
    batchItemFailures: [],
  });
  expect(await outcomeOf(unknown)).toEqual({ state: "rejected", reason: "nothing handles nowhere.webhook" });
  expect(await outcomeOf(broken)).toEqual({ state: "rejected", reason: expect.stringContaining("cannot be unpacked") });
  expect(await outcomeOf(short)).toEqual({ state: "rejected", reason: expect.stringContaining("more than 3 bytes") });
});

test("the same message twice in one batch, and again later, is stored once", async () => {
  const handler = await functionWith();
  const repository = freshRepository();
  const text = await message(workflowRun(repository));
  expect(await handler(event(record(text), record(text)))).toEqual({ batchItemFailures: [] });
  expect(await handler(event(record(text, 2)))).toEqual({ batchItemFailures: [] });
  const { rows } = await pool.query(
    "select total::int from github.run_counts where repo_id = $1 and dimension = 'all'",
    [repository.id],
  );
  expect(rows).toEqual([{ total: 1 }]);
});

/** A GitHub delivery too large to travel inline: its body is in the object store. */
async function storedMessage() {
  const noise = randomBytes(300_000).toString("base64");
  const text = await message({ ...workflowRun(freshRepository()), noise });
  const parsed = parseEnvelope(text);
  if (!parsed.ok || parsed.envelope.body.at !== "store") throw new Error("the message is no claim check");
  return { text, objectKey: parsed.envelope.body.objectKey };
}

test("a raw body that is missing is tried again, and refused only at the last receive", async () => {
  const handler = await functionWith();
  const gone = await message({}, { body: { at: "store", objectKey: "raw/github/2020/01/01/gone.gz" } });
  for (const receives of [1, 7]) {
    const early = record(gone, receives);
    expect(await handler(event(early))).toEqual({ batchItemFailures: [{ itemIdentifier: early.messageId }] });
    expect(await outcomeOf(gone)).toBeUndefined();
  }
  expect(await handler(event(record(gone, 8)))).toEqual({ batchItemFailures: [] });
  expect(await outcomeOf(gone)).toEqual({ state: "rejected", reason: "the raw body is no longer in the object store" });
});

test.each([
  ["truncated", (bytes: Uint8Array) => bytes.subarray(0, bytes.byteLength - 7), /^the raw body .* broken: it has/],
  ["altered", (bytes: Uint8Array) => bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)), /checksum/],
])("a raw body that is %s once is tried again and stored", async (_, spoil, reason) => {
  const handler = await functionWith();
  const { text, objectKey } = await storedMessage();
  const whole = new Uint8Array((await objects.get(objectKey)) ?? []);
  await objects.put(objectKey, new Uint8Array(spoil(whole)));
  const first = record(text);
  expect(await handler(event(first))).toEqual({ batchItemFailures: [{ itemIdentifier: first.messageId }] });
  const { rows } = await pool.query("select reason from ledger.waiting where receipt_id = $1", [idOf(text)]);
  expect(rows).toEqual([{ reason: expect.stringMatching(reason) }]);
  await objects.put(objectKey, whole);
  expect(await handler(event(record(text, 2)))).toEqual({ batchItemFailures: [] });
  expect(await outcomeOf(text)).toBe("applied");
});

test("while the database is away every message is sent on with its age, and none is handed back", async () => {
  const handler = await functionWith({ NEON_LOCAL_PROXY: "127.0.0.1:9", QUEUE_URL: queueUrl() });
  const texts = await Promise.all([1, 2, 3].map(() => message(workflowRun(freshRepository()))));
  const records = texts.map((text) => record(text, 3));
  expect(await handler(event(...records))).toEqual({ batchItemFailures: [] });
  const sent = await receiveAll(queueUrl(), 3);
  expect(sent.map(({ Body }) => Body).sort()).toEqual(texts.sort());
  const first = records.map(({ attributes }) => attributes.SentTimestamp);
  for (const { MessageAttributes } of sent) {
    expect(first).toContain(MessageAttributes?.["first-sent-ms"]?.StringValue);
    expect(MessageAttributes?.receives?.StringValue).toBe("2");
  }
});

test("while the object store is away a message is sent on, and its receipt says why it waits", async () => {
  const handler = await functionWith({ OBJECTS_URL: "http://127.0.0.1:9/runledger", QUEUE_URL: queueUrl() });
  const text = await message(workflowRun(freshRepository()));
  expect(await handler(event(record(text)))).toEqual({ batchItemFailures: [] });
  expect((await receiveAll(queueUrl(), 1)).map(({ Body }) => Body)).toEqual([text]);
  const { rows } = await pool.query("select reason from ledger.waiting where receipt_id = $1", [idOf(text)]);
  expect(rows).toEqual([{ reason: "no answer from 127.0.0.1:9" }]);
  await pool.query("delete from ledger.waiting where receipt_id = $1", [idOf(text)]);
});

test("what the queue does not take during an outage is handed back", async () => {
  const away = { NEON_LOCAL_PROXY: "127.0.0.1:9", QUEUE_URL: "http://127.0.0.1:9/000000000000/none" };
  const handler = await functionWith(away);
  const one = record(await message(workflowRun(freshRepository())));
  expect(await handler(event(one))).toEqual({ batchItemFailures: [{ itemIdentifier: one.messageId }] });
});

test("only repositories of the list are stored, by name or id; the others' deliveries are ignored", async () => {
  const [byName, byId, other] = [freshRepository(), freshRepository(), freshRepository()];
  const handler = await functionWith({ GITHUB_REPOSITORIES: `${byName.full_name.toUpperCase()}, ${byId.id}` });
  const texts = await Promise.all([byName, byId, other].map((repository) => message(workflowRun(repository))));
  expect(await handler(event(...texts.map((text) => record(text))))).toEqual({ batchItemFailures: [] });
  expect(await Promise.all(texts.map(outcomeOf))).toEqual(["applied", "applied", "ignored"]);
  expect((await pool.query("select 1 from github.repos where repo_id = $1", [other.id])).rowCount).toBe(0);
});

test("a wrong environment names every setting that is wrong, and no value", async () => {
  const handler = await functionWith({ DATABASE_URL: "mysql://user:hunter2@h/d", QUEUE_URL: "" });
  const failure = await handler(event()).catch((error: unknown) => String(error));
  expect(failure).toMatch(/DATABASE_URL.*QUEUE_URL/);
  expect(failure).not.toContain("hunter2");
});
