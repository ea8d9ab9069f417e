import { mayHaveOddNumber } from "./odd-numbers.ts";
import { type Place, walkJson } from "./walk.ts";

/** A value that cannot be stored as it was sent; `pointer` says where (RFC 6901). */
export class UnstorableValue extends Error {
  override name = "UnstorableValue";
  readonly pointer: string;
  readonly reason: string;

  constructor(pointer: string, reason: string) {
    super(`${pointer === "" ? "the body" : pointer}: ${reason}`);
    this.pointer = pointer;
    this.reason = reason;
  }
}

/** A JSON text as it can be stored, and how many characters of free text had to be replaced. */
export type CleanJson = { text: string; replaced: number };

/** Whether the text at a place names or identifies something, so that it is refused rather than changed. */
export type IsName = (place: Place) => boolean;

/** Characters that one number may have; a double needs no more than some 800. */
const MAX_NUMBER_CHARACTERS = 1_000;

/** NUL and surrogates can only stand in valid JSON as escapes. */
const ODD_TEXT = /\\u(?:0000|[dD][89a-fA-F])/;

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|.)/gs;

/**
 * Makes a valid JSON text storable, by one rule for every source. A number that no double can hold, or of more than 1,000
 * characters, is refused; one too small for a double becomes 0.0, as Python reads it. NUL and lone surrogates become U+FFFD in
 * free text and are refused where `isName` holds; without it texts are left as they are. Throws UnstorableValue. Costs a search while nothing is odd.
 */
export function cleanJson(text: string, isName?: IsName): CleanJson {
  const hasOddText = isName !== undefined && ODD_TEXT.test(text);
  if (!hasOddText && !mayHaveOddNumber(text)) return { text, replaced: 0 };
  const parts: string[] = [];
  let kept = 0;
  let replaced = 0;
  const replace = (start: number, end: number, by: string) => {
    parts.push(text.slice(kept, start), by);
    kept = end;
  };
  walkJson(text, {
    number(start, end, place) {
      const fault = findFault(text, start, end);
      if (fault !== undefined) throw new UnstorableValue(place.pointer(), fault);
      if (isUnderflow(text.slice(start, end))) replace(start, end, "0.0");
    },
    text(start, end, place) {
      if (!hasOddText || isName === undefined) return;
      const sent = text.slice(start, end);
      const { clean, count } = sent.includes("\\u") ? cleanText(sent) : { clean: sent, count: 0 };
      if (count === 0) return;
      if (isName(place)) throw new UnstorableValue(place.pointer(), nameFault(sent));
      replaced += count;
      replace(start, end, clean);
    },
  });
  return { text: parts.length === 0 ? text : parts.join("") + text.slice(kept), replaced };
}

function findFault(text: string, start: number, end: number): string | undefined {
  if (end - start > MAX_NUMBER_CHARACTERS) return `a number has more than ${MAX_NUMBER_CHARACTERS} characters`;
  if (!Number.isFinite(Number(text.slice(start, end)))) return "a number is beyond what a double can hold (1.8e308)";
  return undefined;
}

function isUnderflow(written: string): boolean {
  return Number(written) === 0 && /[1-9]/.test(written.split(/e/i, 1)[0] ?? "");
}

/** A text of a JSON text, with U+FFFD for what cannot be stored. */
function cleanText(quoted: string): { clean: string; count: number } {
  let count = 0;
  let high: string | undefined;
  const clean = quoted.replace(ESCAPE, (written, digits: string | undefined, offset: number) => {
    const code = digits === undefined ? -1 : Number.parseInt(digits, 16);
    const isPaired = high !== undefined;
    high = undefined;
    if (code >= 0xdc00 && code <= 0xdfff && isPaired) return written;
    const next = quoted.slice(offset + 6, offset + 12);
    if (code >= 0xd800 && code <= 0xdbff && /^\\u[dD][c-fC-F][0-9a-fA-F]{2}$/.test(next)) {
      high = written;
      return written;
    }
    if (code !== 0 && (code < 0xd800 || code > 0xdfff)) return written;
    count += 1;
    return "\ufffd";
  });
  return { clean, count };
}

function nameFault(quoted: string): string {
  const text = String(JSON.parse(quoted));
  return text.includes("\0")
    ? "a text contains the NUL character, which cannot be stored"
    : "a text contains a lone surrogate, which cannot be stored";
}
