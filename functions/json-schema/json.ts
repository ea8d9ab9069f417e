/** A number as it was written. */
export class JsonNumber {
  readonly text: string;
  readonly value: number;
  /** Whether it was written without fraction and exponent, as Python's `int` is. */
  readonly isInt: boolean;

  constructor(text: string) {
    this.text = text;
    this.value = Number(text);
    this.isInt = !/[.eE]/.test(text);
  }
}

/** A JSON value, numbers and the order of members as they were written. */
export type Json = null | boolean | string | JsonNumber | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** Told of every value and every name, so that it can throw. */
type Counter = { value(depth: number): void; name(): void };

type Container = { list: Json[] } | { members: JsonObject; name: string };

const NUMBER = /[-+.\deE]+/y;
const LITERALS: readonly (readonly [string, null | boolean])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/**
 * The value of a JSON text, which must be valid: bodies and stored schemas are. Of a name that comes twice, the last value
 * counts. Without recursion, since the sender chooses the depth.
 */
export function parseJson(text: string, { value, name }: Counter): Json {
  const open: Container[] = [];
  let whole: Json = null;

  function put(item: Json): void {
    value(open.length);
    const inside = open.at(-1);
    if (inside === undefined) whole = item;
    else if ("list" in inside) inside.list.push(item);
    else inside.members.set(inside.name, item);
  }

  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? "";
    const inside = open.at(-1);
    if (sign === '"') {
      const end = endOfText(text, at);
      const said = String(JSON.parse(text.slice(at, end)));
      at = end;
      if (inside !== undefined && "name" in inside && isName(text, at)) {
        name();
        inside.name = said;
      } else put(said);
    } else if (sign === "{" || sign === "[") {
      const made: Json = sign === "{" ? new Map() : [];
      put(made);
      open.push(Array.isArray(made) ? { list: made } : { members: made, name: "" });
      at += 1;
    } else if (sign === "-" || (sign >= "0" && sign <= "9")) {
      NUMBER.lastIndex = at;
      const [written = sign] = NUMBER.exec(text) ?? [];
      put(new JsonNumber(written));
      at += written.length;
    } else if (sign === "t" || sign === "f" || sign === "n") {
      const [word, meant] = LITERALS.find(([literal]) => literal.startsWith(sign)) ?? ["null", null];
      put(meant);
      at += word.length;
    } else {
      if (sign === "}" || sign === "]") open.pop();
      at += 1;
    }
  }
  return whole;
}

/** Behind the quote that ends the text which begins at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Whether the text that ended at `at` is followed by a colon. */
function isName(text: string, at: number): boolean {
  let next = at;
  while (/\s/.test(text[next] ?? "")) next += 1;
  return text[next] === ":";
}

export const isObject = (value: unknown): value is JsonObject => value instanceof Map;
export const isNumber = (value: unknown): value is JsonNumber => value instanceof JsonNumber;
/** Whether a value can be a schema. */
export const isSchema = (value: unknown): value is JsonObject | boolean =>
  isObject(value) || typeof value === "boolean";

/** A value of ours as if it had been parsed. */
export function jsonOf(value: unknown): Json {
  return parseJson(JSON.stringify(value), { value: () => undefined, name: () => undefined });
}
