import { expect, inject, test } from "vitest";
import { readConfig } from "../../../functions/edge/config.ts";
import { readConfig as readConsumerConfig } from "../../../functions/ingest/config.ts";
import { testPool } from "../../support/database.ts";
import { OWN, ownEdge } from "../../support/own-edge.ts";
import { unreadQueue } from "../../support/raw-queue.ts";

const pool = testPool();
const queueUrl = unreadQueue("probes");
const edge = ownEdge(() => ({ QUEUE_URL: queueUrl() }));

test("health names the release", async () => {
  const answer = await fetch(`${edge().url}/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: "ok", release: "1.2.3" }]);
  expect((await fetch(`${edge().url}/health`, { method: "HEAD" })).status).toBe(200);
});

test("readiness names each part", async () => {
  const answer = await fetch(`${edge().url}/ready`);
  const parts = { database: "ok", migrations: "ok", queue: "ok", objects: "ok" };
  expect([answer.status, await answer.json()]).toEqual([200, { status: "ready", parts }]);
});

test("the cron trigger notes when the queue was seen empty, a minute less for counts to settle", async () => {
  await pool.query("delete from ledger.queue_watch");
  const asked = Date.now();
  await edge().scheduled();
  const { rows } = await pool.query<{ empty_at: Date }>("select empty_at from ledger.queue_watch");
  const emptyAt = rows[0]?.empty_at.getTime() ?? 0;
  expect(emptyAt).toBeGreaterThanOrEqual(asked - 60_000);
  expect(emptyAt).toBeLessThanOrEqual(Date.now() - 60_000);
});

test("slashes at the end of OBJECTS_URL are no part of keys", async () => {
  const { bucketUrl, functionEnv } = inject("stack");
  const slashed = { ...functionEnv, OBJECTS_URL: `${bucketUrl}//`, QABOARD_FILES_URL: `${bucketUrl}/` };
  const known = { OBJECTS_URL: bucketUrl, QABOARD_FILES_URL: bucketUrl };
  expect(readConfig({ ...slashed, RECEIPT_KEY: OWN.receiptKey })).toMatchObject({ ok: true, config: known });
  expect(readConsumerConfig(slashed)).toMatchObject(known);
});
