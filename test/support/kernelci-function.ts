import { randomUUID } from "node:crypto";
import type { SQSBatchResponse } from "aws-lambda";
import { inject, vi } from "vitest";
import { lambdaContext } from "../../functions/ingest/poll/event.ts";
import { packMessage } from "../../functions/messages/claim-check.ts";
import { newReceiptId, receivedAtMs } from "../../functions/messages/receipt-id.ts";
import { s3Objects } from "../../functions/outside/object-store.ts";

/** A fresh instance of the consumer with settings of its own; it takes bodies of submissions as one batch, in order of arrival. */
export async function kernelciFunction(env: Record<string, string> = {}) {
  const { functionEnv, bucketUrl } = inject("stack");
  const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });
  for (const [name, value] of Object.entries({ ...functionEnv, RETRY_BASE_SECONDS: "1", ...env }))
    vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = await import("../../functions/ingest/lambda.ts");
  return async (bodies: readonly unknown[]): Promise<SQSBatchResponse["batchItemFailures"]> => {
    const messages: string[] = [];
    for (const body of bodies) {
      const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
      const receiptId = newReceiptId();
      const receivedAt = new Date(receivedAtMs(receiptId)).toISOString();
      const named = { source: "kernelci", kind: "submission", key: randomUUID(), event: "tests", trace: "a trace" };
      const head = { v: 1, receiptId, ...named, receivedAt, contentType: "application/json", replay: 0 } as const;
      messages.push(await packMessage({ ...head, sizeBytes: bytes.byteLength }, bytes, objects));
    }
    const sent = String(Date.now());
    const Records = messages.map((body) => ({
      messageId: randomUUID(),
      receiptHandle: "none",
      body,
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: sent,
        SenderId: "x",
        ApproximateFirstReceiveTimestamp: sent,
      },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:runledger",
      awsRegion: "eu-central-1",
    }));
    return (await handler({ Records }, lambdaContext(300_000))).batchItemFailures;
  };
}
