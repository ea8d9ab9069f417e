declare global {
  // What V8 has (ECMAScript's JSON.parse source text access) and TypeScript does not declare yet.
  interface JSON {
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/** A number that no double holds, as it was written; `JSON.stringify` prints it like that. */
export type RawNumber = { readonly rawJSON: string };

/** A double holds every number of fewer digits exactly. It may match more: hashes, texts. */
const MANY_DIGITS = /\d[\d.]{15}/;

/** Parses a JSON text without rounding: a number that no double holds becomes a RawNumber. Throws SyntaxError. */
export function parseExactJson(text: string): unknown {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value, { source = "" }) =>
    typeof value === "number" && MANY_DIGITS.test(source) && !isExact(value, source) ? JSON.rawJSON(source) : value,
  );
}

/** Whether a value is a number that no double holds. */
export function isRawNumber(value: unknown): value is RawNumber {
  return JSON.isRawJSON(value);
}

function isExact(value: number, source: string): boolean {
  return String(value) === source && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
