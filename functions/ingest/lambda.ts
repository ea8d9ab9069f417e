import { fileURLToPath } from "node:url";
import { workerData } from "node:worker_threads";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { ReadingConfig } from "./thread/config.ts";
import { ThreadHost } from "./thread/host.ts";
import { ThreadData } from "./thread/messages.ts";

let host: ThreadHost | undefined;

/** Entry of the queue consumer (AWS Lambda, SQS event source with ReportBatchItemFailures). A thread of this same file does its work. */
export async function handler(
  event: SQSEvent,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<SQSBatchResponse> {
  host ??= new ThreadHost(fileURLToPath(import.meta.url), ReadingConfig.parse(process.env));
  return await host.invoke(event, context.getRemainingTimeInMillis());
}

/** Only the thread loads the drivers. */
async function serve(): Promise<void> {
  const { serveThread } = await import("./thread/serve.ts");
  const { ingestEvent } = await import("./ingest-event.ts");
  serveThread(ingestEvent);
}

if (ThreadData.safeParse(workerData).success) void serve();
