/** Fields of one log line; never a body, a token or a header. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one JSON line. */
export function log(event: string, fields: LogFields): void {
  // Lambda's console puts a prefix before each line, and a log filter could then not read it as JSON.
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), part: "ingest", event, ...fields })}\n`);
}
