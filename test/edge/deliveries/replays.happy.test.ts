import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { packTask } from "../../../functions/messages/task-message.ts";
import { s3Objects } from "../../../functions/outside/object-store.ts";
import { testPool } from "../../support/database.ts";
import { send } from "../../support/raw-queue.ts";
import {
  askReplays,
  beginReplays,
  countReplays,
  deadDelivery,
  INSERT_DEAD,
  replaysEnded,
} from "../../support/replays-api.ts";

const pool = testPool();
const { bucketUrl, queueUrl } = inject("stack");
const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });

/** Enters dead deliveries with a reason of the test's own; returns the reason and the ids. */
async function deadOnes(count: number) {
  const reason = `too many connections ${randomUUID()}`;
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const values = await deadDelivery(reason);
    await pool.query(INSERT_DEAD, [...values]);
    ids.push(values[0]);
  }
  return { reason, ids };
}

const storedOnce = async (ids: readonly string[]) =>
  (await pool.query("select replays from ledger.inbox where receipt_id = any($1::uuid[])", [ids])).rows;
const untilStored = async (ids: readonly string[]) =>
  await expect.poll(async () => (await storedOnce(ids)).length, { timeout: 20_000 }).toBe(ids.length);

test("a count starts nothing", async () => {
  const { reason, ids } = await deadOnes(2);
  expect(await countReplays({ reason })).toBe(2);
  const { rows } = await pool.query("select state from ledger.rejected where receipt_id = any($1::uuid[])", [ids]);
  expect(rows).toEqual([{ state: "dead" }, { state: "dead" }]);
});

test("all of a filter, more than a page of them, are replayed once and stored", async () => {
  const { reason, ids } = await deadOnes(60);
  const path = await beginReplays({ reason, state: "dead", source: "github" }, 60);
  expect(await replaysEnded(path)).toMatchObject({ state: "done", count: 60, replayed: 60, skipped: 0 });
  await untilStored(ids);
  expect(new Set((await storedOnce(ids)).map(({ replays }) => replays))).toEqual(new Set([1]));
  expect(await countReplays({ reason })).toBe(0);
});

test.each([
  ["another state", { state: ["rejected"] }, 0],
  ["another source", { source: "kernelci" }, 0],
  ["a time before", { until: "2020-01-01" }, 0],
  ["a time since", { since: "2020-01-01T00:00:00+02:00" }, 1],
])("%s", async (_, filter, count) => {
  const { reason } = await deadOnes(1);
  expect(await countReplays({ reason, ...filter })).toBe(count);
});

test("a delivery whose body is gone is skipped, and the others are replayed", async () => {
  const { reason, ids } = await deadOnes(1);
  await pool.query(INSERT_DEAD, [...(await deadDelivery(reason, { isGone: true }))]);
  expect(await replaysEnded(await beginReplays({ reason }, 2))).toMatchObject({ replayed: 1, skipped: 1 });
  await untilStored(ids);
  expect(await countReplays({ reason })).toBe(1);
});

test("a delivery that is refused again is not replayed twice by one job", async () => {
  const reason = `not understood ${randomUUID()}`;
  const values = await deadDelivery(reason, { payload: { workflow_run: 1, repository: {} } as never });
  await pool.query(INSERT_DEAD, [...values]);
  expect(await replaysEnded(await beginReplays({ reason }, 1))).toMatchObject({ replayed: 1 });
  const row = async () =>
    (await pool.query("select state, replays from ledger.rejected where receipt_id = $1", [values[0]])).rows[0];
  await expect.poll(row, { timeout: 20_000 }).toEqual({ state: "rejected", replays: 1 });
});

test("a job whose message comes twice replays each delivery once", async () => {
  const { reason, ids } = await deadOnes(30);
  const filter = { states: ["dead" as const], reason };
  const body = { v: 1, filter, settledUntil: new Date(Date.now() + 60_000).toISOString(), expected: 30 };
  const task = { id: newReceiptId(), source: "ledger", kind: "replays", trace: "", body };
  const message = await packTask(task, objects);
  await Promise.all([send(queueUrl, message), send(queueUrl, message)]);
  await untilStored(ids);
  const job = async () =>
    (await pool.query("select state, replayed from ledger.replay_jobs where job_id = $1", [task.id])).rows[0];
  await expect.poll(job, { timeout: 20_000 }).toEqual({ state: "done", replayed: expect.any(Number) });
  expect(new Set((await storedOnce(ids)).map(({ replays }) => replays))).toEqual(new Set([1]));
});

test("the same request sent twice doubles nothing", async () => {
  const { reason, ids } = await deadOnes(3);
  const answers = await Promise.all([1, 2].map(() => askReplays({ reason, confirm: 3 })));
  expect(answers.map(({ status }) => status)).toContain(202);
  await untilStored(ids);
  expect((await storedOnce(ids)).map(({ replays }) => replays)).toEqual([1, 1, 1]);
});
