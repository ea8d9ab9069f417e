import { AwsClient } from "aws4fetch";
import { expect, inject, test } from "vitest";
import { newReceiptId, signReceiptId } from "../../../functions/messages/receipt-id.ts";
import { testPool } from "../../support/database.ts";
import { errorCode, locationOf, look, replay, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";

const pool = testPool();
const { bucketUrl } = inject("stack");
const withoutQueue = ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/000000000000/runledger` }));
const withoutStore = ownEdge(() => ({ OBJECTS_URL: `http://${NOWHERE}/runledger` }));

const stored = async () => untilSettled(locationOf(await deliver("workflow_run", workflowRun(freshRepository()))));

async function refusal(answer: Response) {
  return [answer.status, await errorCode(answer)];
}

test("an unknown delivery and a forged link are 404", async () => {
  expect(await refusal(await replay(`/deliveries/${newReceiptId()}`))).toEqual([404, "not_found"]);
  const forged = signReceiptId(newReceiptId(), "another key");
  expect(await refusal(await replay(`/deliveries/${forged}`))).toEqual([404, "not_found"]);
  expect(await refusal(await replay("/deliveries/nonsense"))).toEqual([404, "not_found"]);
});

test("a delivery whose raw body is gone is 410 and stays as it was", async () => {
  const before = await stored();
  const { rows } = await pool.query("select object_key from ledger.inbox where receipt_id = $1", [before.id]);
  const aws = new AwsClient({ accessKeyId: "x", secretAccessKey: "x", service: "s3", region: "eu-central-1" });
  const gone = await aws.fetch(`${bucketUrl}/${rows[0].object_key}`, { method: "DELETE" });
  expect(gone.status).toBe(204);
  expect(await refusal(await replay(before.links.self))).toEqual([410, "gone"]);
  expect(await look(before.links.self)).toEqual(before);
});

test("a delivery that still waits for its first end is 409", async () => {
  const receiptId = newReceiptId();
  await pool.query(
    `insert into ledger.waiting (receipt_id, source, kind, key, event, received_at, accepted_at, receives, reason)
     values ($1, 'github', 'webhook', $2, 'push', now(), now(), 1, 'deadlock detected')`,
    [receiptId, receiptId],
  );
  expect(await refusal(await replay(`/deliveries/${receiptId}`))).toEqual([409, "conflict"]);
  await pool.query("delete from ledger.waiting where receipt_id = $1", [receiptId]);
});

test("a queue that does not take the replay means 503, and nothing is accepted", async () => {
  const before = await stored();
  const answer = await replay(`/deliveries/${before.id}`, withoutQueue().url, OWN.adminToken);
  expect(answer.headers.get("retry-after")).toBe("10");
  expect(await refusal(answer)).toEqual([503, "queue_unavailable"]);
  expect(await look(before.links.self)).toEqual(before);
});

test("an object store that does not answer means 503, not 410", async () => {
  const before = await stored();
  const answer = await replay(`/deliveries/${before.id}`, withoutStore().url, OWN.adminToken);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await refusal(answer)).toEqual([503, "store_unavailable"]);
});
