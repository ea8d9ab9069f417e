import { RE2JS } from "re2js";

const MAX_PATTERN = 1_000;

/**
 * Whether names match a pattern as Python's `fnmatch` has it: `*` is anything, slashes included, `?` one character, `[a-z]`
 * and `[!a-z]` one of some. Takes linear time.
 */
export function fileNameMatcher(pattern: string): (name: string) => boolean {
  if (pattern.length > MAX_PATTERN) return () => false;
  try {
    const expression = RE2JS.compile(`^(?s:${expressionOf(pattern)})$`);
    return (name) => expression.matches(name);
  } catch {
    return () => false;
  }
}

function expressionOf(pattern: string): string {
  let expression = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? "";
    const end = character === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (character === "*") expression += expression.endsWith(".*") ? "" : ".*";
    else if (character === "?") expression += ".";
    else if (end > 0) {
      const inside = pattern.slice(at + 1, end).replace(/[\\^[\]&~|]/g, "\\$&");
      expression += `[${inside.startsWith("!") ? `^${inside.slice(1)}` : inside}]`;
      at = end;
    } else expression += RE2JS.quote(character);
  }
  return expression;
}
