/** A JSON object whose members nobody has looked at. */
export type JsonObject = Record<string, unknown>;

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
