import { expect, test } from "vitest";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { metricsOf } from "../../support/metrics.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { send, unreadQueue } from "../../support/raw-queue.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();
const queueUrl = unreadQueue("oldest-unstored");
const env = () => ({ QUEUE_URL: queueUrl(), DATABASE_URL: scratch().url });
const [fresh, handedBack, unknown, settling, settled, emptied] = Array.from({ length: 6 }, () => ownEdge(env));
const mailsQueueUrl = unreadQueue("mails-held-back");
const [mailed, both] = Array.from({ length: 2 }, () => ownEdge(() => ({ ...env(), QUEUE_URL: mailsQueueUrl() })));
const query = (text: string, values: unknown[] = []) => scratch().pool.query(text, values);

/** The two ages, to the nearest ten seconds: starting and asking a Worker takes a while. */
async function ages(edge: ReturnType<typeof ownEdge> | undefined) {
  const samples = await metricsOf(edge?.().url ?? "");
  const rounded = (name: string) => Math.round((samples.get(name) ?? Number.NaN) / 10) * 10;
  return [rounded("runledger_oldest_unstored_seconds"), rounded("runledger_queue_busy_seconds")];
}

async function storedAfter(lagSeconds: number, secondsAgo: number) {
  const receiptId = newReceiptId(Date.now() - (secondsAgo + lagSeconds) * 1_000);
  await query(
    `insert into ledger.inbox (source, key, receipt_id, kind, event, outcome, received_at, stored_at, trace, content_type, size_bytes, object_key, receives)
     values ('github', $1::text, $1::uuid, 'webhook', 'push', 'applied', now() - $2 * interval '1 second', now() - $3 * interval '1 second', '', '', 2, '', 1)`,
    [receiptId, lagSeconds + secondsAgo, secondsAgo],
  );
}

test("an empty queue and no note: nothing waits", async () => {
  expect(await ages(fresh)).toEqual([0, 0]);
});

test("what was handed back counts by its age, without exception", async () => {
  const receiptId = newReceiptId();
  await query(
    `insert into ledger.waiting (receipt_id, source, kind, key, event, received_at, accepted_at, receives, reason)
     values ($1, 'github', 'webhook', $2, 'push', now(), now() - interval '1000 seconds', 1, 'deadlock detected')`,
    [receiptId, receiptId],
  );
  expect(await ages(handedBack)).toEqual([1_000, 0]);
  await query("delete from ledger.waiting");
});

test("a queue that was never seen empty may hold anything", async () => {
  await query("delete from ledger.queue_watch");
  await send(queueUrl(), "unread");
  expect(await ages(unknown)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("while it settles things, what still lies in it is taken to be as old as the oldest of them", async () => {
  await query("insert into ledger.queue_watch (id, empty_at) values (1, now() - interval '2 hours')");
  await storedAfter(500, 0);
  await storedAfter(200, 0);
  expect(await ages(settling)).toEqual([500, 7_200]);
});

test("while it settles nothing, the age grows from the last that was settled", async () => {
  await query("delete from ledger.inbox");
  await storedAfter(100, 200);
  await storedAfter(10, 300);
  expect(await ages(settled)).toEqual([300, 7_200]);
});

test("nothing in it is older than the moment it was last empty", async () => {
  await query("update ledger.queue_watch set empty_at = now() - interval '70 seconds'");
  expect(await ages(emptied)).toEqual([70, 70]);
});

test("a message for mails that are tried later is none that waits to be stored, one beside it is", async () => {
  const seenEmptyLongAgo = "update ledger.queue_watch set empty_at = now() - interval '2 hours'";
  await query("delete from ledger.inbox");
  await storedAfter(10, 300);
  await query(
    `insert into ledger.outbox (source, event, about, recipient, due_at)
     select 'eosc-perf', 'registered', '{}', 'a@example.org', now() + interval '15 minutes' from generate_series(1, 3)`,
  );
  await send(mailsQueueUrl(), "three mails", 900);
  await query(seenEmptyLongAgo);
  expect(await ages(mailed)).toEqual([60, 60]);
  await send(mailsQueueUrl(), "unread");
  await query(seenEmptyLongAgo);
  expect(await ages(both)).toEqual([310, 7_200]);
});
