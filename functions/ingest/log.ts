import { writeSync } from "node:fs";

/** Fields of one log line; never a body, a token or a header. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

const STDOUT = 1;

/** Writes one JSON line. */
export function log(event: string, fields: LogFields): void {
  const line = `${JSON.stringify({ time: new Date().toISOString(), part: "ingest", event, ...fields })}\n`;
  // Lambda's console puts a prefix before each line, and a log filter could then not read it as JSON.
  try {
    // From a thread, process.stdout takes each line through the main thread.
    writeSync(STDOUT, line);
  } catch {
    // A reader that is behind: process.stdout waits for it.
    process.stdout.write(line);
  }
}
