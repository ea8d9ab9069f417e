import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { faultText } from "../../db/errors.ts";
import { upsertDead } from "../../db/upserts/ledger/rejected.ts";
import { openDelivery } from "./delivery.ts";
import { log } from "./log.ts";
import { rejectedRow } from "./refusal.ts";
import { openResources } from "./resources.ts";

/**
 * Entry of the dead-letter consumer: copies what the queue gave up into `rejected` (state dead), where it can be read
 * and replayed. A message leaves the dead-letter queue only once its row is committed.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { db, objects } = openResources();
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of event.Records) {
    try {
      const delivery = await openDelivery(record, objects);
      const reason = "reason" in delivery ? delivery.reason : "given up after too many receives";
      await upsertDead(db, [rejectedRow(delivery, "dead", reason)]);
      log("dead", { trace: delivery.envelope.trace, receiptId: delivery.envelope.receiptId, reason });
    } catch (error) {
      log("dead letter kept", { messageId: record.messageId, reason: faultText(error) });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
