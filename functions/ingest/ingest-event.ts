import type { SQSBatchResponse } from "aws-lambda";
import { ingestBatch } from "./dispatch.ts";
import { openResources } from "./resources.ts";
import type { Ingest } from "./thread/serve.ts";

/** Ingests an event of the queue with this thread's resources. */
export const ingestEvent: Ingest = async (event, invocation): Promise<SQSBatchResponse> => {
  const failed = await ingestBatch(event.Records, openResources(), invocation);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
