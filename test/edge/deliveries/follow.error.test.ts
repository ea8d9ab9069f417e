import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { newReceiptId, signReceiptId } from "../../../functions/messages/receipt-id.ts";
import { testPool } from "../../support/database.ts";
import { errorCode, locationOf, look } from "../../support/deliveries-api.ts";
import { freshRepository, sign, workflowRun } from "../../support/github-delivery.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";
import { unreadQueue } from "../../support/raw-queue.ts";

const pool = testPool();
const queueUrl = unreadQueue("follow-error");
const edge = ownEdge(() => ({ QUEUE_URL: queueUrl() }));
const DAY_MS = 24 * 3_600_000;

const signed = (receiptId: string) => `/deliveries/${signReceiptId(receiptId, OWN.receiptKey)}`;

async function noteWaiting(receiptId: string, replays = 0) {
  await pool.query(
    `insert into ledger.waiting (receipt_id, source, kind, key, event, received_at, accepted_at, receives, replays, reason)
     values ($1, 'github', 'webhook', $2, 'push', now(), now(), 3, $3, 'deadlock detected')`,
    [receiptId, `key of ${receiptId}`, replays],
  );
}

test("what nobody has read yet is accepted", async () => {
  const body = JSON.stringify(workflowRun(freshRepository()));
  const headers = { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": randomUUID() };
  const answer = await fetch(`${edge().url}/github/webhook`, {
    method: "POST",
    headers: { ...headers, "x-hub-signature-256": sign(body, inject("stack").githubSecret) },
    body,
  });
  const path = locationOf(answer);
  const id = path.slice("/deliveries/".length).split(".")[0];
  const received_at = expect.any(String);
  expect(await look(path, edge().url)).toEqual({ id, status: "accepted", received_at, links: { self: path } });
});

test("what was handed back shows how often it was tried and why it failed last", async () => {
  const receiptId = newReceiptId();
  await noteWaiting(receiptId);
  expect(await look(signed(receiptId), edge().url)).toMatchObject({
    status: "accepted",
    receives: 3,
    reason: "deadlock detected",
    event: "push",
  });
  await pool.query("delete from ledger.waiting where receipt_id = $1", [receiptId]);
});

test("a note that came after the end does not hide it", async () => {
  const receiptId = newReceiptId();
  await noteWaiting(receiptId);
  await pool.query(
    `insert into ledger.inbox (source, key, receipt_id, kind, event, outcome, received_at, trace, content_type, size_bytes, object_key, receives)
     values ('github', $2, $1, 'webhook', 'push', 'applied', now(), '', 'application/json', 2, 'raw/github/none.gz', 4)`,
    [receiptId, `key of ${receiptId}`],
  );
  expect((await look(signed(receiptId), edge().url)).status).toBe("done");
  await edge().scheduled();
  const { rowCount } = await pool.query("select from ledger.waiting where receipt_id = $1", [receiptId]);
  expect(rowCount).toBe(0);
  await pool.query("delete from ledger.inbox where receipt_id = $1", [receiptId]);
});

test("a receipt is believed for as long as the queues may hold its message, then it is unknown", async () => {
  const held = newReceiptId(Date.now() - 17.9 * DAY_MS);
  const forgotten = newReceiptId(Date.now() - 18.1 * DAY_MS);
  expect((await look(signed(held), edge().url)).status).toBe("accepted");
  const answer = await fetch(edge().url + signed(forgotten));
  expect(answer.status).toBe(404);
  expect(await errorCode(answer)).toBe("not_found");
});

test("an admin's question for an id nobody gave out is answered by 404", async () => {
  const answer = await fetch(`${edge().url}/deliveries/${newReceiptId()}`, { headers: bearer(OWN.adminToken) });
  expect([answer.status, await errorCode(answer)]).toEqual([404, "not_found"]);
});

test("another method is refused with the methods there are", async () => {
  const answer = await fetch(edge().url + signed(newReceiptId()), { method: "DELETE" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  expect(await errorCode(answer)).toBe("method_not_allowed");
});
