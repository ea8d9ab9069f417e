/** JSON as Python's `json.dumps` writes it: a blank after commas and colons, ASCII alone. */
export function pythonJson(value: unknown): string {
  return asciiOnly(written(value));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${written(one)}`)
    .join(", ")}}`;
}

function asciiOnly(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
