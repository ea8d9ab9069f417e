import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { ingestBatch } from "./dispatch.ts";
import { openResources } from "./resources.ts";

/** Entry of the queue consumer (AWS Lambda, SQS event source with ReportBatchItemFailures). */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed = await ingestBatch(event.Records, openResources());
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
