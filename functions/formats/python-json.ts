import { escapeNonAscii } from "./ascii-json.ts";

/** JSON as Python's `json.dumps` writes it: a blank after commas and colons, ASCII alone. */
export function pythonJson(value: unknown): string {
  return escapeNonAscii(written(value));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${written(one)}`)
    .join(", ")}}`;
}
