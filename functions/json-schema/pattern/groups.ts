import { PatternError } from "./pattern-error.ts";

/** What flags say of a part of an expression. */
export type Flags = { ignoreCase: boolean; multiline: boolean; dotAll: boolean };

/** What a `(` begins: a group, a comment, or flags for the whole expression. */
export type Opening = { end: number } & (
  | { is: "group"; name?: string; flags: Flags }
  | { is: "comment" }
  | { is: "flags"; flags: Flags }
);

const FLAGS = /([a-zA-Z]*)(-[a-zA-Z]*)?([:)])?/y;
const NAME = /([\p{L}_][\p{L}\p{N}_]*)([>)])/uy;

/** Reads what the bracket at `at` begins. Throws PatternError. */
export function readOpening(pattern: string, at: number, flags: Flags): Opening {
  if (pattern[at + 1] !== "?") return { is: "group", flags, end: at + 1 };
  const sign = pattern[at + 2];
  if (sign === ":") return { is: "group", flags, end: at + 3 };
  if (sign === "#") {
    const end = pattern.indexOf(")", at);
    if (end < 0) throw PatternError.invalid("missing ), unterminated comment");
    return { is: "comment", end: end + 1 };
  }
  if (sign === "=" || sign === "!") throw PatternError.unsupported("look-around");
  if (sign === "<" && /[=!]/.test(pattern[at + 3] ?? "")) throw PatternError.unsupported("look-around");
  if (sign === "(") throw PatternError.unsupported("conditional groups");
  if (sign === ">") throw PatternError.unsupported("atomic groups");
  if (sign === "P") return named(pattern, at, flags);
  return flagged(pattern, at + 2, flags);
}

function named(pattern: string, at: number, flags: Flags): Opening {
  const sign = pattern[at + 3];
  NAME.lastIndex = at + 4;
  const [whole = "", name = "", close] = NAME.exec(pattern) ?? [];
  if (sign === "<" && close === ">") return { is: "group", name, flags, end: at + 4 + whole.length };
  if (sign === "=" && close === ")") throw PatternError.unsupported("back-references");
  throw PatternError.invalid("bad group name");
}

function flagged(pattern: string, at: number, flags: Flags): Opening {
  FLAGS.lastIndex = at;
  const [whole = "", on = "", off = "", close] = FLAGS.exec(pattern) ?? [];
  const isKnown = /^[aimsux]*$/.test(on) && /^(-[imsx]+)?$/.test(off) && (on !== "" || off !== "");
  if (!isKnown || close === undefined || (off !== "" && close === ")")) throw PatternError.invalid("unknown extension");
  if (on.includes("x")) throw PatternError.unsupported("the flag x");
  if (on.includes("a")) throw PatternError.unsupported("the flag a");
  const isSet = (flag: string, was: boolean) => (was || on.includes(flag)) && !off.includes(flag);
  const next = {
    ignoreCase: isSet("i", flags.ignoreCase),
    multiline: isSet("m", flags.multiline),
    dotAll: isSet("s", flags.dotAll),
  };
  return { is: close === ")" ? "flags" : "group", flags: next, end: at + whole.length };
}
