import type { Pool } from "pg";
import { differences, emptyStore } from "./rows.ts";
import { bodyOf, type Delivery, type Sequence } from "./sequence.ts";

/** How a sequence is sent: as recorded, in a random order, or all deliveries at the same time. */
export type Manner = "in order" | "shuffled" | "at once";

const SETTLE_MS = 60_000;

/** Replays one sequence into an empty store and returns what went wrong. */
export async function replaySequence(sequence: Sequence, manner: Manner, base: string, pool: Pool): Promise<string[]> {
  await emptyStore(pool);
  const wrong: string[] = [];
  const receipts: string[] = [];
  const send = async (delivery: Delivery) => {
    const answer = await fetch(`${base}/webhook`, {
      method: "POST",
      headers: headersOf(delivery),
      body: new Uint8Array(bodyOf(delivery)),
    });
    const text = await answer.text();
    if (answer.status !== delivery.expect_status)
      wrong.push(`${delivery.event}: status ${answer.status} instead of ${delivery.expect_status}: ${text}`);
    else if (answer.status === 200) receipts.push(receiptOf(answer, text, wrong));
  };
  const deliveries = manner === "shuffled" ? shuffled(sequence.deliveries) : sequence.deliveries;
  if (manner === "at once") await Promise.all(deliveries.map(send));
  else for (const delivery of deliveries) await send(delivery);
  const unsettled = await untilSettled(pool, receipts);
  if (unsettled.length > 0) wrong.push(`never settled: ${unsettled.join(", ")}`);
  return wrong.length > 0 ? wrong : await differences(pool, sequence.expect);
}

function headersOf(delivery: Delivery): Record<string, string> {
  return {
    "content-type": delivery.content_type ?? "application/json",
    "x-github-event": delivery.event,
    ...(delivery.delivery_id === null ? {} : { "x-github-delivery": delivery.delivery_id }),
    ...(delivery.signature === null ? {} : { "x-hub-signature-256": delivery.signature }),
    ...delivery.headers,
  };
}

function receiptOf(answer: Response, text: string, wrong: string[]): string {
  if (text !== "") wrong.push(`a body was answered: ${text}`);
  if (answer.headers.get("content-type") !== "text/html; charset=utf-8")
    wrong.push(`content type ${answer.headers.get("content-type")}`);
  return /^\/deliveries\/([0-9a-f-]{36})/.exec(answer.headers.get("location") ?? "")?.[1] ?? "no receipt";
}

/** Waits until every receipt is stored, repeated or refused; returns those that are not in time. */
async function untilSettled(pool: Pool, receipts: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from unnest($1::text[]) as id where id not in (
        select receipt_id::text from ledger.inbox union all select receipt_id::text from ledger.repeats union all select receipt_id::text from ledger.rejected)`,
      [receipts],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ id }) => id);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
