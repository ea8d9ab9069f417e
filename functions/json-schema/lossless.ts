import { parse } from "lossless-json";

/** The value of a JSON text, numbers as they were written; of a name that comes twice, the last value counts. */
export function lossless(text: string): unknown {
  return parse(text, null, { onDuplicateKey: ({ newValue }) => newValue });
}
