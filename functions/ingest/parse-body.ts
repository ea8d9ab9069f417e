import { type CleanJson, cleanJson, type IsName, UnstorableValue } from "../json-text/clean.ts";
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

/** A JSON value that Postgres can store, its text, and how many characters of free text were replaced in it. */
export type StorableJson = CleanJson & { value: unknown };

/**
 * A JSON text as a value Postgres can store: free text loses what can't be stored, names must hold none of it. Without a rule
 * every text counts as a name. `parse` may read numbers in another way than JSON.parse. Throws Rejection with the reason, a JSON pointer before it where there is a place.
 */
export function readStorable(
  text: string,
  isName: IsName = () => true,
  parse: (text: string) => unknown = JSON.parse,
): StorableJson {
  // Most bodies open fewer brackets than that, and finding these is far cheaper than a walk.
  if (opensMoreThan(text, MAX_DEPTH) && depthOf(text) > MAX_DEPTH)
    throw new Rejection(`the body is nested deeper than ${MAX_DEPTH} levels`);
  const value = parseJson(text, parse);
  try {
    const clean = cleanJson(text, isName);
    return { ...clean, value: clean.text === text ? value : parseJson(clean.text, parse) };
  } catch (error) {
    if (error instanceof UnstorableValue) throw new Rejection(error.message);
    throw error;
  }
}

/** The value alone. */
export function storableJson(text: string): unknown {
  return readStorable(text).value;
}

function parseJson(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    throw new Rejection("the body is not JSON");
  }
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
