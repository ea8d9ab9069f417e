import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { errorMessage } from "../../db/errors.ts";
import { upsertDead } from "../../db/upserts/ledger/rejected.ts";
import { parseEnvelope } from "../messages/envelope.ts";
import { archiveBody, describeDelivery } from "./delivery.ts";
import { log } from "./log.ts";
import { rejectedRow } from "./refusal.ts";
import { openResources } from "./resources.ts";

/**
 * Entry of the dead-letter consumer: copies what the queue gave up into `rejected` (state dead), where it can be read
 * and replayed. A message leaves the dead-letter queue only once its row is committed: that queue has no redrive, so an
 * outage uses nothing up, and what was not written comes again for 14 days.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { db, objects } = openResources();
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of event.Records) {
    try {
      const parsed = parseEnvelope(record.body);
      const delivery = describeDelivery(record, parsed);
      await archiveBody(record, parsed, delivery.objectKey, objects);
      const reason = parsed.ok ? "given up after too many receives" : parsed.reason;
      await upsertDead(db, [rejectedRow(delivery, "dead", reason)]);
      log("dead", { trace: delivery.envelope.trace, receiptId: delivery.envelope.receiptId, reason });
    } catch (error) {
      log("dead letter kept", { messageId: record.messageId, reason: errorMessage(error) });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
