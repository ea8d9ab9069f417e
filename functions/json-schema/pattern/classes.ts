import { readEscape } from "./escapes.ts";
import { PatternError } from "./pattern-error.ts";

/** One character as RE2 writes it, in a class or outside of one. */
export const literal = (code: number): string => `\\x{${code.toString(16)}}`;

/** Reads the class whose bracket stands at `at`: RE2's notation, and where it ends. Throws PatternError. */
export function readClass(pattern: string, at: number): { source: string; end: number } {
  const isNegated = pattern[at + 1] === "^";
  const first = at + (isNegated ? 2 : 1);
  let members = "";
  let next = first;
  while (next < pattern.length && (pattern[next] !== "]" || next === first)) {
    const one = readMember(pattern, next);
    next = one.end;
    const isRange = pattern[next] === "-" && next + 1 < pattern.length && pattern[next + 1] !== "]";
    if (!isRange) members += "members" in one ? one.members : literal(one.code);
    else {
      const last = readMember(pattern, next + 1);
      if (!("code" in one && "code" in last) || last.code < one.code) throw PatternError.invalid("bad character range");
      members += `${literal(one.code)}-${literal(last.code)}`;
      next = last.end;
    }
  }
  if (next >= pattern.length) throw PatternError.invalid("unterminated character set");
  return { source: `[${isNegated ? "^" : ""}${members}]`, end: next + 1 };
}

function readMember(pattern: string, at: number): { end: number } & ({ code: number } | { members: string }) {
  if (pattern[at] === "\\") {
    const read = readEscape(pattern, at, true);
    if ("place" in read) throw PatternError.invalid("bad escape");
    return read;
  }
  const code = pattern.codePointAt(at) ?? 0;
  return { code, end: at + String.fromCodePoint(code).length };
}
