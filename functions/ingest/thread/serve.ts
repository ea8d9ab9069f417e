import { parentPort, workerData } from "node:worker_threads";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { Request, type Response, ThreadData } from "./messages.ts";
import { type Reading, SharedReading } from "./reading.ts";

/** Far below what a host takes for a thread that is stuck. */
const BEAT_MS = 500;

/** What an invocation brings beside its event. */
export type Invocation = {
  reading: Reading;
  /** When it must be over, in milliseconds since 1970. */
  deadline: number;
  /** Messages whose reading was ended, and why. */
  ended: Readonly<Record<string, string>>;
};

export type Ingest = (event: SQSEvent, invocation: Invocation) => Promise<SQSBatchResponse>;

/** Serves this thread's host; `stop` gives back what the thread holds before it ends. */
export function serveThread(ingest: Ingest, stop: () => Promise<void> = async () => {}): void {
  const port = parentPort;
  if (port === null) throw new Error("only a thread has a host to serve");
  const reading = new SharedReading(ThreadData.parse(workerData).reading);
  const respond = (response: Response) => port.postMessage(response);
  const beat = setInterval(() => reading.beat(), BEAT_MS);
  reading.beat();
  port.on("message", async (message: unknown) => {
    const request = Request.parse(message);
    if (request.is === "stop") {
      clearInterval(beat);
      await stop();
      return port.close();
    }
    const { id, event, deadline, ended } = request;
    try {
      respond({ is: "done", id, response: await ingest(event, { reading, deadline, ended }) });
    } catch (error) {
      respond({ is: "failed", id, reason: error instanceof Error ? error.message : String(error) });
    }
  });
}
