/** A number as its sender wrote it; JSON.stringify gives the same text again. */
export type WrittenNumber = { rawJSON: string };

/** TypeScript's library does not know yet what the runtime has (TC39 proposal "JSON.parse source text access"). */
const json = JSON as typeof JSON & { rawJSON(text: string): WrittenNumber };

const NUMBERS = /[[:,]\s*(-?\d[\d.eE+-]*)(?=\s*[,\]}])/g;

/**
 * Whether JavaScript would write some number of a JSON text in another way: `1.0` as 1, an integer beyond 2^53 rounded.
 * Texts that look like numbers count too, so it may say yes too often, never no.
 */
export function losesNumbers(text: string): boolean {
  for (const [, written] of text.matchAll(NUMBERS)) if (String(Number(written)) !== written) return true;
  return false;
}

/** Parses a JSON text; numbers that JavaScript would write in another way are kept as they are written. */
export function parseExact(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    return typeof value === "number" && source !== undefined && source !== String(value) ? json.rawJSON(source) : value;
  });
}
