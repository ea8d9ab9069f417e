import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { freePorts } from "../../dev/ports.ts";
import { type Stack, startStack } from "../../dev/stack.ts";
import { sqsQueue } from "../../functions/outside/queue.ts";
import { startQueueProxy } from "../faults/queue-proxy.ts";
import { receiptOf } from "../support/database.ts";
import { freshRepository, sign, workflowRun } from "../support/github-delivery.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/**
 * Waits are scaled by RETRY_BASE_SECONDS: with this one the eight receives of the ladder are over within 10 s, and messages
 * of an outage are looked at every second, since the queue knows whole seconds only.
 */
const BASE = "0.001";
const LONGER_THAN_THE_LADDER_MS = 18_000;
const ACCEPTED = 50;
const ANY = { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" };

let stack: Stack;
let pool: Pool;
let isStoreAway = false;
let proxy: Awaited<ReturnType<typeof startQueueProxy>>;

beforeAll(async () => {
  const [aws = 0] = await freePorts(1);
  proxy = await startQueueProxy(aws, ({ url }) => (isStoreAway && url.startsWith("/runledger/") ? "refuse" : "pass"));
  stack = await startStack({
    mode: inject("stack").mode,
    dataDir: temporaryFolder(afterAll),
    durable: false,
    ports: { aws },
    visibilityTimeoutSeconds: 2,
    env: { RETRY_BASE_SECONDS: BASE, OBJECTS_URL: proxy.bucketUrl },
  });
  pool = new Pool({ connectionString: stack.databaseUrl, max: 2 });
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
}, 60_000);
afterAll(async () => {
  await pool?.end();
  await stack?.stop();
  await proxy?.stop();
});

/** Sends a webhook to the stack and returns its receipt, which must have been accepted. */
async function accepted(): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(workflowRun(freshRepository()))));
  const answer = await fetch(`${stack.edgeUrl}/github/webhook`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": "workflow_run",
      "x-github-delivery": crypto.randomUUID(),
      "x-hub-signature-256": sign(bytes, stack.githubSecret),
    },
    body: bytes,
  });
  expect(answer.status).toBe(200);
  return receiptOf(answer);
}
const acceptMany = () => Promise.all(Array.from({ length: ACCEPTED }, accepted));

async function endOf(receipts: readonly string[]) {
  const ids = [receipts];
  const stored = await pool.query("select receives from ledger.inbox where receipt_id = any($1::uuid[])", ids);
  const refused = await pool.query("select state, reason from ledger.rejected where receipt_id = any($1::uuid[])", ids);
  return { stored: stored.rows, refused: refused.rows };
}

/** Waits until all are stored, and expects none refused and no receives used up. */
async function expectAllStored(receipts: readonly string[], timeoutMs: number): Promise<void> {
  const open = async () => receipts.length - (await endOf(receipts)).stored.length;
  await expect.poll(open, { timeout: timeoutMs, interval: 100 }).toBe(0);
  const { stored, refused } = await endOf(receipts);
  expect(refused).toEqual([]);
  expect(Math.max(...stored.map(({ receives }) => receives))).toBeLessThanOrEqual(2);
}

async function whilePostgresIsAway(work: () => Promise<void>): Promise<void> {
  await stack.postgres.stop();
  try {
    await work();
  } finally {
    await stack.postgres.start();
  }
}

test("a database that is away for longer than the whole ladder costs no delivery and no receives", async () => {
  const receipts: string[] = [];
  await whilePostgresIsAway(async () => {
    receipts.push(...(await acceptMany()));
    await sleep(LONGER_THAN_THE_LADDER_MS);
    expect(stack.emulator.inspect("runledger-dead")).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  });
  await expectAllStored(receipts, 15_000);
});

test("an object store that is away for longer than the whole ladder costs no delivery, and receipts say why they wait", async () => {
  isStoreAway = true;
  const receipts = await acceptMany();
  await sleep(LONGER_THAN_THE_LADDER_MS);
  const delivery = await fetch(`${stack.edgeUrl}/deliveries/${receipts[0]}`, {
    headers: { authorization: `Bearer ${stack.adminToken}` },
  });
  expect(await delivery.json()).toMatchObject({ status: "accepted", reason: "object store answered 503 to PUT" });
  const metrics = await fetch(`${stack.edgeUrl}/metrics`, { headers: { authorization: `Bearer ${stack.adminToken}` } });
  const age = /^runledger_oldest_unstored_seconds (\S+)$/m.exec(await metrics.text())?.[1];
  expect(Number(age)).toBeGreaterThan(LONGER_THAN_THE_LADDER_MS / 1_000 - 2);
  isStoreAway = false;
  await expectAllStored(receipts, 15_000);
});

test("what is in the dead-letter queue outlives an outage, however often it is received", async () => {
  const text = JSON.stringify({ v: 7, receiptId: crypto.randomUUID() });
  const dead = async () => (await pool.query("select reason from ledger.rejected where state = 'dead'")).rows;
  await whilePostgresIsAway(async () => {
    await sqsQueue(stack.deadLetterQueueUrl, ANY).send(text);
    await sleep(LONGER_THAN_THE_LADDER_MS);
  });
  await expect.poll(dead, { timeout: 15_000 }).toEqual([{ reason: "message version 7 is unknown" }]);
});
