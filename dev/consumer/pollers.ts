import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PollConfig } from "../../functions/ingest/poll/config.ts";
import type { SqsFunction } from "../../functions/ingest/poll/invoke.ts";
import { pollQueues } from "../../functions/ingest/poll/queues.ts";

/** Files that export the two functions' `handler`. */
export type Functions = { main: string; deadLetter: string };

const INGEST = join(import.meta.dirname, "..", "..", "functions", "ingest");
export const FUNCTIONS: Functions = { main: join(INGEST, "lambda.ts"), deadLetter: join(INGEST, "dead-letter.ts") };

const isFunction = (value: unknown): value is SqsFunction => typeof value === "function";

/** Polls both queues for the functions in this process, whose environment (`process.env`) is theirs. */
export async function startConsumer(functions: Functions = FUNCTIONS): Promise<{ stop(): Promise<void> }> {
  const [main, deadLetter] = await Promise.all([handlerOf(functions.main), handlerOf(functions.deadLetter)]);
  return pollQueues(
    PollConfig.parse(process.env),
    { main, deadLetter },
    { onProblem: (problem) => console.error(problem) },
  );
}

async function handlerOf(file: string): Promise<SqsFunction> {
  const module: unknown = await import(pathToFileURL(file).href);
  if (typeof module === "object" && module !== null && "handler" in module && isFunction(module.handler))
    return module.handler;
  throw new Error(`${file} exports no handler`);
}
