import { PatternError } from "./pattern-error.ts";

/** Members of Python's classes, which know all of Unicode, in RE2's notation, to stand between brackets. */
const WORD = "\\p{L}\\p{N}_";
const SPACE =
  "\\t-\\r\\x1c-\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
/** All connectors (Pc) but the underscore. */
const CONNECTORS = "\\x{203f}\\x{2040}\\x{2054}\\x{fe33}\\x{fe34}\\x{fe4d}-\\x{fe4f}\\x{ff3f}";
const NO_WORD = `\\p{M}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}${CONNECTORS}\\p{S}\\p{Z}\\p{C}`;
const NO_SPACE =
  "\\x00-\\x08\\x0e-\\x1b\\x21-\\x{84}\\x{86}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}" +
  "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{10ffff}";
const CLASSES: ReadonlyMap<string, string> = new Map([
  ["d", "\\p{Nd}"],
  ["D", "\\P{Nd}"],
  ["w", WORD],
  ["W", NO_WORD],
  ["s", SPACE],
  ["S", NO_SPACE],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["b", 8],
  ["f", 12],
  ["n", 10],
  ["r", 13],
  ["t", 9],
  ["v", 11],
]);
const DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** What an escape means, and where it ends: one character (its code), a class (for between brackets), or a place. */
export type Escape = { end: number } & ({ code: number } | { members: string } | { place: "A" | "Z" | "b" | "B" });

/** Reads the escape whose backslash stands at `at`; `inClass`: between brackets. Throws PatternError. */
export function readEscape(pattern: string, at: number, inClass: boolean): Escape {
  const code = pattern.codePointAt(at + 1);
  if (code === undefined) throw PatternError.invalid("bad escape (end of pattern)");
  const letter = String.fromCodePoint(code);
  const end = at + 1 + letter.length;
  const members = CLASSES.get(letter);
  if (members !== undefined) return { members, end };
  const digits = DIGITS.get(letter);
  if (digits !== undefined) return { code: hexadecimal(pattern.slice(end, end + digits), digits), end: end + digits };
  if (!inClass && (letter === "A" || letter === "Z" || letter === "b" || letter === "B")) return { place: letter, end };
  const control = CONTROLS.get(letter);
  if (control !== undefined) return { code: control, end };
  if (letter >= "0" && letter <= "9") return octal(pattern, at + 1, inClass);
  if (letter === "N") throw PatternError.unsupported("\\N");
  if (/[a-zA-Z]/.test(letter)) throw PatternError.invalid(`bad escape \\${letter}`);
  return { code, end };
}

function hexadecimal(digits: string, length: number): number {
  const code = digits.length === length && /^[\da-fA-F]*$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  if (!(code <= 0x10ffff)) throw PatternError.invalid("incomplete escape");
  return code;
}

/** Outside of brackets, digits that are no octal number refer to a group. */
function octal(pattern: string, start: number, inClass: boolean): Escape {
  const [digits = ""] = /^[0-7]{0,3}/.exec(pattern.slice(start, start + 3)) ?? [];
  const isOctal = digits !== "" && (inClass || digits.startsWith("0") || digits.length === 3);
  if (!isOctal && inClass) throw PatternError.invalid("bad escape");
  if (!isOctal) throw PatternError.unsupported("back-references");
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) throw PatternError.invalid("octal escape value outside of range 0-0o377");
  return { code, end: start + digits.length };
}
