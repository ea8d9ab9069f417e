/** Where a value stands; each step is decoded once, and cut at 100 characters. */
export type Place = {
  /** How many steps lead there. */
  readonly depth: number;
  /** The name of a member or the index of an element, counted from the outermost; "" beyond the last. */
  step(at: number): string;
  /** RFC 6901; of more than 500 steps the first. */
  pointer(): string;
};

/** Told every text (names of members too) and every number of a JSON text, by where it begins and ends. */
export type Visitor = {
  text(start: number, end: number, place: Place): void;
  number(start: number, end: number, place: Place): void;
};

/** `step` is that of the current element or member; undefined until somebody asks. */
type Level = { isObject: boolean; index: number; name: string; step: string | undefined };

const MAX_STEP = 100;
const MAX_STEPS = 500;
const isNumberPart = (code: number) =>
  (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2b || code === 0x2e || code === 0x65 || code === 0x45;

/** Walks a JSON text, which must be valid, once and without recursion: its depth is the sender's choice. */
export function walkJson(text: string, visitor: Visitor): void {
  const levels: Level[] = [];
  const place = placeIn(levels);
  let isName = false;
  for (let position = 0; position < text.length; position += 1) {
    const level = levels.at(-1);
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      const end = endOfText(text, position);
      if (isName && level !== undefined) {
        level.name = text.slice(position, end);
        level.step = undefined;
      }
      visitor.text(position, end, place);
      position = end - 1;
    } else if (code === 0x7b || code === 0x5b) {
      levels.push({ isObject: code === 0x7b, index: 0, name: "", step: undefined });
      isName = code === 0x7b;
    } else if (code === 0x7d || code === 0x5d) {
      levels.pop();
      isName = false;
    } else if (code === 0x2c) {
      if (level !== undefined) {
        level.index += 1;
        level.step = undefined;
      }
      isName = level?.isObject === true;
    } else if (code === 0x3a) isName = false;
    else if (isNumberPart(code)) {
      let end = position + 1;
      while (end < text.length && isNumberPart(text.charCodeAt(end))) end += 1;
      // The letter e of `true` and `false` is none.
      if (code !== 0x65 && code !== 0x45) visitor.number(position, end, place);
      position = end - 1;
    }
  }
}

/** Behind the quote that ends the text which begins at `start`; the whole length when none does. */
export function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function placeIn(levels: readonly Level[]): Place {
  const step = (at: number) => {
    const level = levels[at];
    if (level === undefined) return "";
    level.step ??= level.isObject ? decode(level.name) : String(level.index);
    return level.step;
  };
  return {
    get depth() {
      return levels.length;
    },
    step,
    pointer: () =>
      levels
        .slice(0, MAX_STEPS)
        .map((_, at) => `/${step(at).replaceAll("~", "~0").replaceAll("/", "~1")}`)
        .join(""),
  };
}

function decode(name: string): string {
  const parsed: unknown = JSON.parse(name === "" ? '""' : name);
  return String(parsed).slice(0, MAX_STEP);
}
