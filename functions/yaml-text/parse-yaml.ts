import { type Document, isCollection, isNode, isPair, isScalar, LineCounter, parseDocument, YAMLError } from "yaml";

/** Why a YAML text is not read, in words for its author, and the line where that is known. */
export class YamlError extends Error {
  override name = "YamlError";
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

const MAX_CHARACTERS = 128 * 1024;
/** The parser's time goes with the square of a line. */
const MAX_LINE = 8_000;
/** Of what the text stands for once its aliases are replaced. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 64;
const MAX_ALIASES = 100;
/** The parser's time goes with their square. */
const MAX_PROPERTIES = 1_000;

/**
 * The value of a YAML text as PyYAML reads it (YAML 1.1), made of what JSON has. Throws YamlError when it is malformed, too
 * large, too deep, or grows too much by its aliases.
 */
export function parseYaml(text: string): unknown {
  return readYaml(text).value;
}

/** A YAML text that was read; `findLine` gives the line of the value at a path, or of the nearest one that is there. */
export type ReadYaml = { value: unknown; findLine(path: readonly PropertyKey[]): number };

/** The same with the lines where its values stand; `uniqueKeys`: a key that comes twice in a mapping is malformed. */
export function readYaml(text: string, { uniqueKeys = false } = {}): ReadYaml {
  if (text.length > MAX_CHARACTERS) throw new YamlError(`The YAML is longer than ${MAX_CHARACTERS} characters.`);
  if (text.split(/[\n\r]/).some((line) => line.length > MAX_LINE))
    throw new YamlError(`The YAML has a line of more than ${MAX_LINE} characters.`);
  if (/^[ \t]*(?:[-?:][ \t]+){0,64}\?(?:[ \t]|$)/m.test(text))
    throw new YamlError("The YAML has a key after a question mark.");
  if (text.split(/(?<![^\s])[!&*]/, MAX_PROPERTIES + 2).length > MAX_PROPERTIES + 1)
    throw new YamlError(`The YAML has more than ${MAX_PROPERTIES} tags, anchors and aliases.`);
  if (mostOpenBrackets(text) > MAX_DEPTH) throw new YamlError(`The YAML is nested deeper than ${MAX_DEPTH} levels.`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: "1.1",
      logLevel: "error",
      stringKeys: true,
      uniqueKeys,
      lineCounter: lines,
    });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const value = plain(document.toJS({ maxAliasCount: MAX_ALIASES }), 0, { left: MAX_VALUES });
    return { value, findLine: (path) => findLine(document, path, lines) };
  } catch (error) {
    if (error instanceof YamlError) throw error;
    throw new YamlError(
      error instanceof Error ? (error.message.split("\n")[0] ?? "") : "The YAML is malformed.",
      lineOf(error),
    );
  }
}

const lineOf = (error: unknown) => (error instanceof YAMLError ? error.linePos?.[0].line : undefined);

/** The line of the key or the item at a path; of what holds it where there is none. */
function findLine(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const item: unknown = node.items.find((one, i) =>
      isPair(one) ? isScalar(one.key) && String(one.key.value) === step : i === step,
    );
    const at = isPair(item) ? item.key : item;
    if (at === undefined) break;
    offset = startOf(at) ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return lines.linePos(offset).line;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** A copy of JSON's kinds of values alone. */
function plain(value: unknown, depth: number, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0) throw new YamlError(`The YAML stands for more than ${MAX_VALUES} values.`);
  if (depth > MAX_DEPTH) throw new YamlError(`The YAML is nested deeper than ${MAX_DEPTH} levels.`);
  if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1, budget));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return [...value].map((one) => plain(one, depth + 1, budget));
  if (value instanceof Uint8Array) throw new YamlError("The YAML holds binary data.");
  const entries =
    value instanceof Map ? [...value] : typeof value === "object" && value !== null ? Object.entries(value) : undefined;
  if (entries !== undefined)
    return Object.fromEntries(entries.map(([key, one]) => [String(key), plain(one, depth + 1, budget)]));
  if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) return String(value);
  return value ?? null;
}

/** Most brackets that are open at once, in strings or not. */
function mostOpenBrackets(text: string): number {
  let open = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "[" || character === "{") open += 1;
    else if (character === "]" || character === "}") open = Math.max(0, open - 1);
    deepest = Math.max(deepest, open);
  }
  return deepest;
}
