import { Rejection } from "./outcome.ts";

/** Bytes as UTF-8 text; a leading byte order mark is dropped. Throws Rejection on invalid UTF-8. */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new Rejection("the body is not valid UTF-8");
  }
}

/** Deeper than any sender nests, and well within what jsonb and JSON.stringify take. */
const MAX_DEPTH = 500;

/** A JSON text as a value Postgres can store. Throws Rejection with the reason otherwise. */
export function storableJson(text: string): unknown {
  // Most bodies open fewer brackets than that, and finding these is far cheaper than a walk.
  if (opensMoreThan(text, MAX_DEPTH) && depthOf(text) > MAX_DEPTH)
    throw new Rejection(`the body is nested deeper than ${MAX_DEPTH} levels`);
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

/** Levels of nesting of a JSON text; brackets inside strings don't count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === 0x22) inString = !inString;
    else if (inString) at += c === 0x5c ? 1 : 0;
    else if (c === 0x5b || c === 0x7b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (c === 0x5d || c === 0x7d) depth -= 1;
  }
  return deepest;
}

/** Whether a text has more opening brackets than that, in strings or not. */
function opensMoreThan(text: string, limit: number): boolean {
  let count = 0;
  for (const bracket of "[{")
    for (let at = text.indexOf(bracket); at >= 0 && count <= limit; at = text.indexOf(bracket, at + 1)) count += 1;
  return count > limit;
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
