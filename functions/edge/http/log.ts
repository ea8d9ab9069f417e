/** Writes one JSON line; never a body, a token or a header. */
export function log(event: string, fields: Record<string, string | number | boolean | undefined>): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), part: "edge", event, ...fields }));
}
