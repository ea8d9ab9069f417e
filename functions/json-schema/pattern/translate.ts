import { literal, readClass } from "./classes.ts";
import { readEscape } from "./escapes.ts";
import { type Flags, readOpening } from "./groups.ts";
import { PatternError } from "./pattern-error.ts";

/** An expression in RE2's notation. */
export type Translated = {
  source: string;
  /** The text must be marked (`markText`) first: the expression asks what stands beside a place. */
  isMarked: boolean;
  /** Whether marks name the end of every line, not only of the last. */
  marksLines: boolean;
  /** Characters and classes with repetitions written out: at most about so many instructions. */
  size: number;
  /** Classes, which take longest to compile. */
  classes: number;
};

/** `one`: matches one character; `end`: `$` without the flag m; `line`: `^` or `$` with it; `word`: `\b`, `\B`. */
type Piece = { is: "one" | "end" | "line" | "word" | "other"; source: string };
/** A group or alternative being read: the flags outside, the size of what is complete, the size of the last item. */
type Level = { flags: Flags; size: number; last: number | undefined };

const MAX_DEPTH = 100;
const MAX_REPEAT = 1_000;
const REPEAT = /\{(?:(\d+)|(\d*),(\d*))\}/y;

/**
 * Translates an expression in Python's notation (`re`, 3.11) for RE2, in one pass. Only whether something matches is kept: groups do not
 * capture, and being lazy means nothing. Throws PatternError.
 */
export function translatePattern(pattern: string): Translated {
  const pieces: Piece[] = [];
  const levels: Level[] = [];
  const names = new Set<string>();
  let level: Level = { flags: { ignoreCase: false, multiline: false, dotAll: false }, size: 0, last: undefined };
  let { flags } = level;
  let classes = 0;
  let isStart = true;
  let at = 0;

  function add(is: Piece["is"], source: string): void {
    pieces.push({ is, source });
  }
  function addOne(source: string): void {
    add("one", flags.ignoreCase ? `(?i:${source})` : source);
    level.size += level.last ?? 0;
    level.last = 1;
  }
  function addPlace(is: Piece["is"], source: string): void {
    add(is, source);
    level.size += (level.last ?? 0) + 1;
    level.last = undefined;
  }
  function open(): void {
    const opening = readOpening(pattern, at, flags);
    at = opening.end;
    if (opening.is === "comment") return;
    if (opening.is === "flags") {
      if (!isStart) throw PatternError.invalid("global flags not at the start of the expression");
      ({ flags } = opening);
      return;
    }
    if (opening.name !== undefined && names.has(opening.name)) throw PatternError.invalid("redefinition of group name");
    if (opening.name !== undefined) names.add(opening.name);
    if (levels.length === MAX_DEPTH) throw PatternError.unsupported(`more than ${MAX_DEPTH} levels of groups`);
    add("other", "(?:");
    levels.push(level);
    level = { flags, size: 0, last: undefined };
    ({ flags } = opening);
    isStart = false;
  }
  function close(): void {
    const outer = levels.pop();
    if (outer === undefined) throw PatternError.invalid("unbalanced parenthesis");
    add("other", ")");
    outer.size += outer.last ?? 0;
    outer.last = Math.max(1, level.size + (level.last ?? 0));
    ({ flags } = level);
    level = outer;
    at += 1;
  }
  function repeat(source: string, min: number, max: number, end: number): void {
    if (level.last === undefined) throw PatternError.invalid("nothing to repeat");
    if (max < min) throw PatternError.invalid("min repeat greater than max repeat");
    const times = Number.isFinite(max) ? max : min;
    if (times > MAX_REPEAT) throw PatternError.unsupported(`more than ${MAX_REPEAT} repetitions`);
    add("other", source);
    at = end;
    if (pattern[at] === "?") at += 1;
    else if (pattern[at] === "+") throw PatternError.unsupported("possessive quantifiers");
    if (isQuantifier(pattern, at)) throw PatternError.invalid("multiple repeat");
    level.size += level.last * Math.max(1, times);
    level.last = 0;
  }

  while (at < pattern.length) {
    const sign = pattern[at] ?? "";
    const counted = sign === "{" ? readRepeat(pattern, at) : undefined;
    if (sign === "(") {
      open();
      continue;
    }
    isStart = false;
    if (sign === ")") close();
    else if (sign === "[") {
      const { source, end } = readClass(pattern, at);
      classes += 1;
      addOne(source);
      at = end;
    } else if (sign === "*") repeat("*", 0, Number.POSITIVE_INFINITY, at + 1);
    else if (sign === "+") repeat("+", 1, Number.POSITIVE_INFINITY, at + 1);
    else if (sign === "?") repeat("?", 0, 1, at + 1);
    else if (counted !== undefined) repeat(counted.source, counted.min, counted.max, counted.end);
    else if (sign === "\\") {
      const read = readEscape(pattern, at, false);
      at = read.end;
      if ("place" in read) addPlace(...PLACES[read.place]);
      else if ("code" in read) addOne(literal(read.code));
      else {
        classes += 1;
        addOne(`[${read.members}]`);
      }
    } else if (sign === "|") {
      add("other", levels.length === 0 ? TOP_ALTERNATIVE : "|");
      level.size += (level.last ?? 0) + 1;
      level.last = undefined;
      at += 1;
    } else if (sign === "^" || sign === "$") {
      if (flags.multiline) addPlace("line", `(?m:${sign})`);
      else if (sign === "^") addPlace("other", "\\A");
      else addPlace("end", "");
      at += 1;
    } else if (sign === ".") {
      addOne(flags.dotAll ? "(?s:.)" : "[^\\n]");
      at += 1;
    } else {
      const code = pattern.codePointAt(at) ?? 0;
      addOne(literal(code));
      at += String.fromCodePoint(code).length;
    }
  }
  if (levels.length > 0) throw PatternError.invalid("missing ), unterminated subpattern");
  return { ...joined(pieces), size: level.size + (level.last ?? 0), classes };
}

/** Told apart from those within groups, which RE2 reads in the same way. */
const TOP_ALTERNATIVE = "|(?:)";
const PLACES: Readonly<Record<"A" | "Z" | "b" | "B", [Piece["is"], string]>> = {
  A: ["other", "\\A"],
  Z: ["other", "\\z"],
  b: ["word", "\\b"],
  B: ["word", "\\B"],
};

function isQuantifier(pattern: string, at: number): boolean {
  const sign = pattern[at];
  return sign === "*" || sign === "+" || sign === "?" || (sign === "{" && readRepeat(pattern, at) !== undefined);
}

/** A brace that holds no count stands for itself. */
function readRepeat(pattern: string, at: number) {
  REPEAT.lastIndex = at;
  const [whole, exactly, least = "", most = ""] = REPEAT.exec(pattern) ?? [];
  if (whole === undefined) return undefined;
  const min = Number(exactly ?? (least || 0));
  const max = exactly !== undefined ? min : most === "" ? Number.POSITIVE_INFINITY : Number(most);
  return {
    source: `{${min}${exactly !== undefined ? "" : `,${most === "" ? "" : max}`}}`,
    min,
    max,
    end: at + whole.length,
  };
}

/** `$` also stands before a final newline, and `\b` asks for Unicode: RE2 sees neither, but marks show them to it. */
function joined(pieces: readonly Piece[]): Pick<Translated, "source" | "isMarked" | "marksLines"> {
  const isMarked = pieces.some(({ is }) => is === "word") || pieces.some((_, index) => isInnerEnd(pieces, index));
  const marksLines = isMarked && pieces.some(({ is }) => is === "line");
  if (!isMarked) {
    const source = pieces.map(({ is, source }) => (is === "end" ? "(?:\\n?\\z)" : source)).join("");
    return { source, isMarked, marksLines };
  }
  const end = marksLines ? "(?:(?:(?s:.)\\n(?s:.))?\\z)" : "(?m:$)";
  const one = (source: string) => `(?:(?s:.)${source}(?s:.))`;
  const body = pieces.map(({ is, source }) => (is === "one" ? one(source) : is === "end" ? end : source)).join("");
  return { source: `\\A(?s:...)*?(?:${body})`, isMarked, marksLines };
}

/** Whether something of the same alternative follows a `$`. */
function isInnerEnd(pieces: readonly Piece[], index: number): boolean {
  if (pieces[index]?.is !== "end") return false;
  let next = index + 1;
  while (pieces[next]?.source === ")") next += 1;
  const follows = pieces[next];
  return follows !== undefined && follows.source !== TOP_ALTERNATIVE;
}
