import { join } from "node:path";
import type { SQSRecord } from "aws-lambda";
import { expect, inject, onTestFinished, test } from "vitest";
import { ReadingConfig } from "../../../functions/ingest/thread/config.ts";
import { ThreadHost } from "../../../functions/ingest/thread/host.ts";

/** A host of a real thread, on the shared stack's parts. */
function hostOf(): ThreadHost {
  for (const [name, value] of Object.entries(inject("stack").functionEnv)) process.env[name] ??= value;
  return new ThreadHost(join(import.meta.dirname, "poisoned.ts"), ReadingConfig.parse({}));
}

/** A message of the queue as Lambda hands it over. */
function record(messageId: string, body: string): SQSRecord {
  const attributes = {
    ApproximateReceiveCount: "1",
    SentTimestamp: "0",
    SenderId: "",
    ApproximateFirstReceiveTimestamp: "0",
  };
  const place = { eventSource: "aws:sqs", eventSourceARN: "", awsRegion: "", md5OfBody: "", receiptHandle: "" };
  return { ...place, messageId, body, attributes, messageAttributes: {} };
}

test("a host that is stopped gives back what is in hand", async () => {
  const host = hostOf();
  const ingested = host.invoke({ Records: [record("one", "{}")] }, 60_000);
  await host.stop();
  const settled = await Promise.race([ingested, new Promise((resolve) => setTimeout(resolve, 5_000, "never"))]);
  expect(settled).not.toBe("never");
});

test("an event without messages is answered at once", async () => {
  const host = hostOf();
  onTestFinished(() => host.stop());
  expect(await host.invoke({ Records: [] }, 60_000)).toEqual({ batchItemFailures: [] });
  expect(host.isAlive()).toBe(true);
});
