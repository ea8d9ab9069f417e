import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { TransactionalDatabase } from "../../db/client.ts";
import { readConfig } from "../../functions/ingest/config.ts";
import { openBatch } from "../../functions/ingest/kinds.ts";
import { storeBatch } from "../../functions/ingest/store-batch.ts";
import { rawObjectKey } from "../../functions/messages/claim-check.ts";
import type { Envelope } from "../../functions/messages/envelope.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";

/** What a consumer's settings ask for beside the database; nothing here is ever called. */
const UNUSED = {
  DATABASE_URL: "postgres://127.0.0.1:9/none",
  QUEUE_URL: "http://127.0.0.1:9/queue",
  OBJECTS_URL: "http://127.0.0.1:9/bucket",
  AWS_REGION: "none",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
};

/** Stores one webhook in a database as the consumer does, as if it had arrived just now. */
export async function storeDelivery(db: TransactionalDatabase, event: string, payload: unknown): Promise<void> {
  const body = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  const receiptId = newReceiptId();
  const receivedAt = new Date().toISOString();
  const objectKey = rawObjectKey("github", receiptId, receivedAt);
  const envelope: Envelope = {
    v: 1,
    receiptId,
    source: "github",
    kind: "webhook",
    key: randomUUID(),
    event,
    receivedAt,
    trace: "",
    contentType: "application/json",
    sizeBytes: body.byteLength,
    replay: 0,
    body: { at: "store", objectKey },
  };
  const config = readConfig(UNUSED);
  const batch = openBatch(envelope, config);
  const outcome = batch.read(envelope, body);
  const delivery = {
    messageId: receiptId,
    receiptHandle: "none",
    receives: 1,
    firstSentMs: Date.now(),
    isSentOn: false,
    envelope,
    objectKey,
    body,
  };
  const [stored] = await storeBatch([{ ...delivery, outcome, batch }], { db, config });
  expect(stored?.outcome).toEqual({ is: "done" });
}
