import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { SQSRecord } from "aws-lambda";
import { lambdaEvent } from "../../functions/ingest/poll/event.ts";
import { packMessage } from "../../functions/messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../functions/messages/receipt-id.ts";
import type { ObjectStore } from "../../functions/outside/object-store.ts";

/** One delivery of a benchmark: where it comes from and its body. */
export type BenchDelivery = { source: string; kind: string; event: string; body: Uint8Array };

/** Deliveries as Lambda hands them over, each with ids of its own; large bodies go to `objects`. */
export async function queueRecords(deliveries: readonly BenchDelivery[], objects: ObjectStore): Promise<SQSRecord[]> {
  const messages = deliveries.map(async ({ body, ...named }) => {
    const receiptId = newReceiptId();
    const head = {
      v: 1,
      receiptId,
      ...named,
      key: randomUUID(),
      receivedAt: new Date(receivedAtMs(receiptId)).toISOString(),
      trace: randomUUID(),
      contentType: "application/json",
      sizeBytes: body.byteLength,
      replay: 0,
    } as const;
    const now = String(Date.now());
    return {
      MessageId: randomUUID(),
      ReceiptHandle: randomUUID(),
      Body: await packMessage(head, new Uint8Array(body), objects),
      Attributes: { ApproximateReceiveCount: "1", SentTimestamp: now, ApproximateFirstReceiveTimestamp: now },
    };
  });
  return lambdaEvent(await Promise.all(messages), "arn:aws:sqs:local:000000000000:runledger", "local").Records;
}

/** An object store in memory, so that the database's part of a benchmark shows. */
export function inMemory(): ObjectStore {
  const kept = new Map<string, Uint8Array>();
  return {
    async put(key, bytes) {
      kept.set(key, bytes);
    },
    async putStream(key, chunks) {
      kept.set(key, await buffer(chunks));
    },
    get: async (key) => kept.get(key),
    has: async (key) => kept.has(key),
    check: async () => {},
  };
}
