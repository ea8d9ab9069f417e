import { workerData } from "node:worker_threads";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { ingestEvent } from "../../../functions/ingest/ingest-event.ts";
import { ReadingConfig } from "../../../functions/ingest/thread/config.ts";
import { ThreadHost } from "../../../functions/ingest/thread/host.ts";
import { ThreadData } from "../../../functions/ingest/thread/messages.ts";
import { type Ingest, serveThread } from "../../../functions/ingest/thread/serve.ts";

/*
 * The consumer with messages whose reading never ends, or takes all memory: those whose delivery key begins with `hang` or
 * `hoard`. With `die` the whole process ends, as when Lambda stops a function.
 */

let host: ThreadHost | undefined;

export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  host ??= new ThreadHost(import.meta.filename, ReadingConfig.parse(process.env));
  return await host.invoke(event, context.getRemainingTimeInMillis());
}

const ingestPoisoned: Ingest = (event, invocation) => {
  const poison = new Map(
    event.Records.map(({ messageId, body }) => [messageId, /"key":"(hang|hoard|die)/.exec(body)?.[1]]),
  );
  const reading = {
    of: <T>(messageId: string, read: () => T): T =>
      invocation.reading.of(messageId, () => {
        suffer(poison.get(messageId));
        return read();
      }),
  };
  return ingestEvent(event, { ...invocation, reading });
};

function suffer(poison: string | undefined): void {
  if (poison === "hang") for (;;);
  if (poison === "die") process.kill(process.pid, "SIGKILL");
  const hoard: object[] = [];
  while (poison === "hoard") hoard.push({ hoard: hoard.length, more: [hoard.length] });
}

if (ThreadData.safeParse(workerData).success) serveThread(ingestPoisoned);
