import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import * as z from "zod";
import { rawObjectKey } from "../../../functions/messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../../functions/messages/receipt-id.ts";
import { gzip } from "../../../functions/outside/gzip.ts";
import { s3Objects } from "../../../functions/outside/object-store.ts";
import { testPool } from "../../support/database.ts";
import { DeliveryBody, list, locationOf, look, replay, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";
import { send, unreadQueue } from "../../support/raw-queue.ts";

const pool = testPool();
const { edgeUrl, adminToken, bucketUrl, functionEnv } = inject("stack");
const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });
const unread = unreadQueue("replay-happy");
const idle = ownEdge(() => ({ QUEUE_URL: unread() }));

const Replay = z.strictObject({
  id: z.uuid(),
  status: z.literal("accepted"),
  replays: z.int(),
  links: z.strictObject({ self: z.string() }),
});

const runs = async (repoId: number) =>
  (await pool.query("select conclusion from github.runs where repo_id = $1", [repoId])).rows;

/** A message on its way to the dead-letter queue's consumer, its body in the object store. */
async function deadMessage(payload: unknown) {
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  const receiptId = newReceiptId();
  const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
  const objectKey = rawObjectKey("github", receiptId, receivedAt);
  await objects.put(objectKey, await gzip(bytes));
  return {
    v: 1,
    receiptId,
    source: "github",
    kind: "webhook",
    key: randomUUID(),
    event: "workflow_run",
    receivedAt,
    trace: "a trace",
    contentType: "application/json",
    sizeBytes: bytes.byteLength,
    replay: 0,
    body: { at: "store", objectKey },
  };
}

/** Looks as an admin until a delivery has that status. */
async function untilStatus(id: string, status: DeliveryBody["status"]): Promise<DeliveryBody> {
  const ask = async () => {
    const answer = await fetch(`${edgeUrl}/deliveries/${id}`, { headers: bearer(adminToken) });
    return DeliveryBody.optional()
      .catch(undefined)
      .parse(await answer.json());
  };
  await expect.poll(async () => (await ask())?.status, { timeout: 20_000 }).toBe(status);
  return DeliveryBody.parse(await ask());
}

test("a stored delivery is processed anew", async () => {
  const repository = freshRepository();
  const path = locationOf(await deliver("workflow_run", workflowRun(repository)));
  const first = await untilSettled(path);
  for (const table of ["runs", "attempts", "repos"])
    await pool.query(`delete from github.${table} where repo_id = $1`, [repository.id]);
  for (const replays of [1, 2]) {
    const answer = await replay(path);
    expect([answer.status, answer.headers.get("location")]).toEqual([202, path]);
    expect(Replay.parse(await answer.json())).toEqual({
      id: first.id,
      status: "accepted",
      replays,
      links: { self: path },
    });
    await expect.poll(async () => (await look(path)).replays, { timeout: 20_000 }).toBe(replays);
    expect(await untilSettled(path)).toEqual({ ...first, stored_at: expect.any(String), replays });
    expect(await runs(repository.id)).toEqual([{ conclusion: "success" }]);
  }
});

test("a dead delivery tells why, and is done after its replay", async () => {
  const repository = freshRepository();
  const message = await deadMessage(workflowRun(repository));
  await pool.query(
    `insert into ledger.waiting (receipt_id, source, kind, key, event, received_at, accepted_at, receives, reason)
     values ($1, 'github', 'webhook', $2, 'workflow_run', now(), now(), 7, 'too many connections')`,
    [message.receiptId, message.key],
  );
  await send(functionEnv.DEAD_LETTER_QUEUE_URL ?? "", JSON.stringify(message));
  const dead = await untilStatus(message.receiptId, "dead");
  expect(dead.reason).toBe("given up after too many receives: too many connections");
  expect(dead.refused_at).toBeDefined();
  expect((await list("state=dead&limit=200")).deliveries).toContainEqual(dead);
  const answer = await replay(`/deliveries/${message.receiptId}`);
  expect(answer.status).toBe(202);
  const done = await untilSettled(locationOf(answer));
  expect(done).toMatchObject({ status: "done", key: message.key, outcome: "applied", replays: 1 });
  expect(done.received_at).toBe(message.receivedAt);
  expect(await runs(repository.id)).toEqual([{ conclusion: "success" }]);
  expect((await list(`key=${message.key}`)).deliveries).toEqual([done]);
});

test("a rejected delivery that is still wrong is rejected again, as its replay", async () => {
  const path = locationOf(await deliver("workflow_run", { workflow_run: 1, repository: {} }));
  const rejected = await untilSettled(path);
  expect((await replay(path)).status).toBe(202);
  await expect.poll(async () => (await look(path)).replays, { timeout: 20_000 }).toBe(1);
  expect(await untilSettled(path)).toEqual({ ...rejected, refused_at: expect.any(String), replays: 1 });
});

test("while a replay is on its way the delivery is accepted again, and listed once as waiting", async () => {
  const sent = locationOf(await deliver("workflow_run", workflowRun(freshRepository())));
  const done = await untilSettled(sent);
  const [edge, token] = [idle().url, OWN.adminToken];
  const path = `/deliveries/${done.id}`;
  const answer = await replay(path, edge, token);
  expect(answer.status).toBe(202);
  const waiting = await look(locationOf(answer), edge);
  expect(waiting).toMatchObject({ status: "accepted", replays: 1, receives: 0, received_at: done.received_at });
  expect((await list(`key=${done.key}`, edge, token)).deliveries).toEqual([waiting]);
  expect((await list(`key=${done.key}&state=done`, edge, token)).deliveries).toEqual([]);
  expect((await list(`key=${done.key}&state=waiting`, edge, token)).deliveries).toEqual([waiting]);
  const again = Replay.parse(await (await replay(path, edge, token)).json());
  expect(again.replays).toBe(1);
  await pool.query("delete from ledger.waiting where receipt_id = $1", [done.id]);
});

test("the replay of a repeated delivery is that of the one that counts", async () => {
  const key = randomUUID();
  const payload = workflowRun(freshRepository());
  const first = locationOf(await deliver("workflow_run", payload, { key }));
  await untilSettled(first);
  const again = locationOf(await deliver("workflow_run", payload, { key }));
  await untilSettled(again);
  expect(locationOf(await replay(again))).toBe(first);
});

test("a message this release could not read is kept, and replayed as it came", async () => {
  const repository = freshRepository();
  const { v, ...message } = await deadMessage(workflowRun(repository));
  await send(inject("stack").queueUrl, JSON.stringify({ v: v + 1, ...message }));
  const rejected = await untilStatus(message.receiptId, "rejected");
  expect(rejected).toMatchObject({ reason: "message version 2 is unknown", kind: "unknown", key: message.key });
  const refused = await replay(`/deliveries/${message.receiptId}`);
  expect(refused.status).toBe(409);
  const { rows } = await pool.query("select object_key from ledger.rejected where receipt_id = $1", [
    message.receiptId,
  ]);
  // As if this release were the later one that can read it.
  await objects.put(
    String(rows[0].object_key),
    await gzip(new Uint8Array(Buffer.from(JSON.stringify({ v, ...message })))),
  );
  await pool.query("update ledger.rejected set size_bytes = size_bytes + 10 where receipt_id = $1", [
    message.receiptId,
  ]);
  const answer = await replay(`/deliveries/${message.receiptId}`);
  expect(answer.status).toBe(202);
  expect((await untilStatus(message.receiptId, "done")).outcome).toBe("applied");
  expect(await runs(repository.id)).toEqual([{ conclusion: "success" }]);
});
