/** A JSON text with every sign beyond printable ASCII as `\u` escapes: what queues, and Python's `json.dumps`, write. */
export function escapeNonAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
