/** Members of Python's classes, which know all of Unicode. */
const CLASSES: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  w: "\\p{L}\\p{N}_",
  s: "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000",
};
const WORD = `[${CLASSES.w}]`;
/** Places that a letter behind a backslash stands for. */
const PLACES: Readonly<Record<string, string>> = {
  A: "(?<![^])",
  Z: "(?![^])",
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
};
const CONTROLS: Readonly<Record<string, string>> = { a: "\\x07", f: "\\f", n: "\\n", r: "\\r", t: "\\t", v: "\\v" };

const ESCAPE = String.raw`\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|0[0-7]{0,2}|[0-3][0-7]{2}|[1-9]\d?|[^])`;
const MEMBER = new RegExp(`${ESCAPE}|[^]`, "gu");
const TOKEN = new RegExp(
  [
    String.raw`\(\?P<(?<name>\w+)>|\(\?P=(?<again>\w+)\)|(?<comment>\(\?#[^)]*\))`,
    String.raw`\(\?(?<on>[aimsu]*)(?:-(?<off>[ims]+))?(?<after>[:)])|(?<open>\((?:\?<?[=!]|(?!\?)))|(?<close>\))`,
    String.raw`\[(?<not>\^?)(?<members>\]?(?:\\[^]|[^\]\\])*)\]`,
    String.raw`\{(?:(?<exactly>\d+)|(?<least>\d*),(?<most>\d*))\}`,
    ESCAPE.replace("(", "(?<escape>"),
    "(?<char>[^])",
  ].join("|"),
  "gu",
);

/** What flags say of a part of an expression: whether `^` and `$` mean lines, whether `.` is any character. */
type Reading = { lines: boolean; any: boolean };

/**
 * A regular expression in Python's notation as one for the interpreter, which compiles with the flag `u`; undefined for
 * one that Python does not know, or that JavaScript has nothing for (conditions, atomic groups, verbose expressions).
 */
export function translatedPattern(pattern: string): string | undefined {
  try {
    const translated = rewritten(pattern);
    new RegExp(translated, "u");
    return translated;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function rewritten(pattern: string): string {
  const outer: Reading[] = [];
  let reading: Reading = { lines: false, any: false };
  let end = "";

  function token({ index, groups = {} }: RegExpExecArray): string {
    const { name, again, comment, on, off = "", after, open, close, not, members, exactly, least, most } = groups;
    if (comment !== undefined) return "";
    if (again !== undefined) return `(?:\\k<${again}>)`;
    if (members !== undefined) return classOf(not === "^", members);
    if (exactly !== undefined) return `{${exactly}}`;
    if (least !== undefined) return `{${least || "0"},${most}}`;
    if (groups.escape !== undefined) return escaped(groups.escape);
    if (close !== undefined) {
      reading = outer.pop() ?? reading;
      return ")";
    }
    if (name === undefined && on === undefined && open === undefined) return charOf(groups.char ?? "", reading);
    if (after !== ")") outer.push(reading);
    else if (on === "" || off !== "" || index > 0) throw new SyntaxError("flags stand at the beginning");
    if (on === undefined) return name === undefined ? `${open}` : `(?<${name}>`;
    const isSet = (flag: string, was: boolean) => (was || on.includes(flag)) && !off.includes(flag);
    reading = { lines: isSet("m", reading.lines), any: isSet("s", reading.any) };
    if (after === ")") end = ")";
    return on.includes("i") ? "(?i:" : off.includes("i") ? "(?-i:" : "(?:";
  }
  return [...pattern.matchAll(TOKEN)].map(token).join("") + end;
}

function charOf(char: string, { lines, any }: Reading): string {
  if (char === ".") return any ? "[^]" : "[^\\n]";
  if (char === "^") return lines ? "(?<![^\\n])" : "^";
  if (char === "$") return lines ? "(?![^\\n])" : "(?=\\n?$)";
  if (char === "(" || char === "[") throw new SyntaxError("not closed, or of a kind that is not known");
  return /[\]{}]/.test(char) ? `\\${char}` : char;
}

function escaped(sign: string): string {
  const members = CLASSES[sign.toLowerCase()];
  if (members !== undefined) return CLASSES[sign] === undefined ? `[^${members}]` : `[${members}]`;
  if (/^[1-9]\d?$/.test(sign)) return `(?:\\${sign})`;
  return PLACES[sign] ?? characterOf(sign);
}

/** A class; what it says of characters by leaving out others can't stand in one, so it becomes a choice beside it. */
function classOf(isNegated: boolean, members: string): string {
  const others: string[] = [];
  const inside = [...members.matchAll(MEMBER)].map(([char, sign]) => {
    if (sign === undefined) return /[[\]^]/.test(char) ? `\\${char}` : char;
    if (sign === "W" || sign === "S") others.push(escaped(sign));
    if (sign === "W" || sign === "S") return "";
    if (sign === "D") return "\\P{Nd}";
    return CLASSES[sign] ?? (sign === "b" ? "\\x08" : characterOf(sign));
  });
  if (others.length === 0) return `[${isNegated ? "^" : ""}${inside.join("")}]`;
  const choice = [`[${inside.join("")}]`, ...others].join("|");
  return isNegated ? `(?:(?!${choice})[^])` : `(?:${choice})`;
}

/** The one character that an escape means. */
function characterOf(sign: string): string {
  if (sign.length > 1 && /^[xuU]/.test(sign)) return `\\u{${sign.slice(1)}}`;
  if (/^[0-7]+$/.test(sign)) return `\\u{${Number.parseInt(sign, 8).toString(16)}}`;
  if (CONTROLS[sign] !== undefined) return CONTROLS[sign];
  if (/^[a-zA-Z\d]/.test(sign)) throw new SyntaxError(`bad escape ${sign}`);
  return /[\^$\\.*+?()[\]{}|/-]/.test(sign) ? `\\u{${sign.charCodeAt(0).toString(16)}}` : sign;
}
