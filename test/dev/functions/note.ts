import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** A function that notes in the file NOTES when it begins and when it has finished each batch, half a second later. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const note = (what: string) => {
    for (const { body } of event.Records) appendFileSync(process.env.NOTES ?? "", `${what} ${body}\n`);
  };
  note("began");
  await sleep(500);
  note("finished");
  return { batchItemFailures: [] };
}
