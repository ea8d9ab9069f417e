import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { type SqsFunction, startPoller } from "../poller.ts";

/** Files that export the two functions' `handler`. */
export type Functions = { main: string; deadLetter: string };

const INGEST = join(import.meta.dirname, "..", "..", "functions", "ingest");
export const FUNCTIONS: Functions = { main: join(INGEST, "lambda.ts"), deadLetter: join(INGEST, "dead-letter.ts") };

/** What the pollers read from the environment; the functions read the rest themselves. */
const Environment = z.object({
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  FUNCTION_TIMEOUT_SECONDS: z.coerce.number().positive().default(30),
});

const isFunction = (value: unknown): value is SqsFunction => typeof value === "function";

/** Polls both queues for the functions in this process, whose environment (`process.env`) is theirs. */
export async function startConsumer(functions: Functions = FUNCTIONS): Promise<{ stop(): Promise<void> }> {
  const environment = Environment.parse(process.env);
  const shared = {
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
    functionTimeoutMs: environment.FUNCTION_TIMEOUT_SECONDS * 1_000,
    onProblem: (problem: string) => console.error(problem),
  };
  const main = await handlerOf(functions.main);
  const deadLetter = await handlerOf(functions.deadLetter);
  const pollers = [
    startPoller({ ...shared, queueUrl: environment.QUEUE_URL, handler: main }),
    startPoller({ ...shared, queueUrl: environment.DEAD_LETTER_QUEUE_URL, handler: deadLetter, concurrency: 1 }),
  ];
  return {
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
}

async function handlerOf(file: string): Promise<SqsFunction> {
  const module: unknown = await import(pathToFileURL(file).href);
  if (typeof module === "object" && module !== null && "handler" in module && isFunction(module.handler))
    return module.handler;
  throw new Error(`${file} exports no handler`);
}
