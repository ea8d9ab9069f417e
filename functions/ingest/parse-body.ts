import { Rejection } from "./outcome.ts";

/** Bytes as UTF-8 text; a leading byte order mark is dropped. Throws Rejection on invalid UTF-8. */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Rejection("the body is not valid UTF-8");
  }
}

/** A JSON text as a value Postgres can store. Throws Rejection with the reason otherwise. */
export function storableJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Rejection("the body is not JSON");
  }
  // Both can only stand in JSON as escapes, so most bodies need no second look.
  if (/\\u0000|\\u[dD][89abAB]/.test(text)) refuseUnstorable(value);
  return value;
}

/** Walks without recursion, since depth is the sender's choice. */
function refuseUnstorable(root: unknown): void {
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") {
      if (value.includes("\u0000")) throw new Rejection("a text contains the NUL character, which cannot be stored");
      if (!value.isWellFormed()) throw new Rejection("a text contains a lone surrogate, which cannot be stored");
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) left.push(key, inner);
    }
  }
}
