import { RE2JS } from "re2js";
import { type Budget, exceeded } from "../budget.ts";
import { PatternError } from "./pattern-error.ts";
import { type Translated, translatePattern } from "./translate.ts";

/** What one step pays for: see `docs/adr/0004-own-json-schema-interpreter.md`. */
const CELLS_A_STEP = 8;
const STEPS_AN_INSTRUCTION = 50;
const STEPS_A_CLASS = 1_000;
const WORD = /[\p{L}\p{N}_]/u;

/** A user's expression, ready to be searched for in texts in linear time. */
export type Pattern = { search(text: string): boolean };

/** Reads an expression in Python's notation. Throws PatternError, or LimitExceeded for one that is too large. */
export function readPattern(pattern: string, budget: Budget): Translated {
  const { limits } = budget;
  if (pattern.length > limits.EOSC_PERF_PATTERN_MAX_LENGTH)
    throw exceeded(limits, "EOSC_PERF_PATTERN_MAX_LENGTH", "A regular expression has", "characters");
  budget.charge(1 + pattern.length);
  const translated = translatePattern(pattern);
  if (translated.size > limits.EOSC_PERF_PATTERN_MAX_SIZE)
    throw exceeded(limits, "EOSC_PERF_PATTERN_MAX_SIZE", "A regular expression has", "parts, repetitions written out");
  return translated;
}

/** Compiles an expression in Python's notation; `search` is Python's `re.search`. Throws as `readPattern` does. */
export function compilePattern(pattern: string, budget: Budget): Pattern {
  const translated = readPattern(pattern, budget);
  const { source, size, classes, isMarked } = translated;
  budget.charge(size * STEPS_AN_INSTRUCTION + classes * STEPS_A_CLASS);
  const engine = compiled(source);
  return {
    search(text) {
      // Thrice the text, and thrice the instructions.
      const cells = (text.length + 1) * (size + 1) * (isMarked ? 9 : 1);
      budget.charge(1 + cells / CELLS_A_STEP);
      return engine.test(isMarked ? markText(text, translated) : text);
    },
  };
}

function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch {
    throw PatternError.unsupported("that many repetitions within one another");
  }
}

/**
 * Puts each character between two marks that say in ASCII, which RE2 looks at, what Python looks at: `w` beside a
 * character of a word, a newline beside the newline that `$` may stand before, else a blank.
 */
function markText(text: string, { marksLines }: Translated): string {
  let marked = "";
  let at = 0;
  for (const char of text) {
    at += char.length;
    const isEnd = char === "\n" && (marksLines || at === text.length);
    const mark = isEnd ? "\n" : WORD.test(char) ? "w" : " ";
    marked += mark + char + mark;
  }
  return marked;
}
