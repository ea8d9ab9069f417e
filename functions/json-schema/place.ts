import type { OutputUnit, Schema } from "@cfworker/json-schema";

/** Where an error lies: the schema part that speaks, the place in the document, and its turn among all errors. */
export type Place = {
  part: object;
  path: (string | number)[];
  /** The place as it is told: the schema `false` names the place above the one it refuses. */
  toldPath: (string | number)[];
  propertyName?: string;
  order: number[];
  refused: boolean;
};

type Places = {
  root: Schema;
  lookup: Record<string, Schema | boolean>;
  document: unknown;
  isFalse(part: object): boolean;
  /** Whether `items: false` is told once of the list (from 2020-12 on) or of every element. */
  itemsAsWhole: boolean;
};

const memberOf = (whole: unknown, key: string): unknown =>
  typeof whole === "object" && whole !== null ? Reflect.get(whole, key) : undefined;
const turnOf = (whole: unknown, key: string): number =>
  Array.isArray(whole) ? Number(key) : Object.keys(Object(whole)).indexOf(key);
/** The members and indexes a location names. */
export const stepsOf = (location: string): string[] =>
  location
    .split("/")
    .slice(1)
    .map((token) => decodeURIComponent(token).replace(/~1/g, "/").replace(/~0/g, "~"));

/** Keywords whose part speaks of one member or element that only the document names. */
const OF_EACH = new Set([
  "items",
  "additionalProperties",
  "additionalItems",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
/** Keywords that hold a list or a map of parts. */
const OF_MANY = new Set(["properties", "patternProperties", "dependentSchemas", "dependencies"]);
const OF_LIST = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
/** Of those, the ones whose parts speak of the same value as the keyword. */
const OF_SAME = new Set(["allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies"]);
/** Of these keywords the whole is told, not what each part says. */
const TOLD_WHOLE = new Set(["contains", "unevaluatedItems", "unevaluatedProperties"]);

/** Follows an error's two locations; undefined for one that its keyword's own error tells already. */
export function placeOf(error: OutputUnit, places: Places): Place | undefined {
  const { root, lookup, document, isFalse, itemsAsWhole } = places;
  const tokens = stepsOf(error.keywordLocation);
  const steps = stepsOf(error.instanceLocation);
  const path: (string | number)[] = [];
  const order: number[] = [];
  const named: { propertyName?: string } = {};
  let part: unknown = root;
  let inside: unknown = document;
  let above = 0;

  function step(): void {
    const key = steps.shift();
    if (key === undefined) return;
    order.push(turnOf(inside, key));
    path.push(Array.isArray(inside) ? Number(key) : key);
    inside = memberOf(inside, key);
  }

  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? "";
    if (typeof part !== "object" || part === null) return undefined;
    if (isFalse(part)) return { part, path, toldPath: path.slice(0, above), order, refused: true, ...named };
    const isLast = at === tokens.length - 1;
    order.push(turnOf(part, isLast ? error.keyword : token === "then" || token === "else" ? "if" : token));
    if (isLast) break;
    if (TOLD_WHOLE.has(token)) return undefined;
    const value = memberOf(part, token);
    above = path.length;
    if (token === "$ref") part = lookup[String(Reflect.get(part, "__absolute_ref__") ?? value)];
    else if (token === "$recursiveRef") part = root;
    else if (OF_MANY.has(token) || OF_LIST.has(token) || (token === "items" && Array.isArray(value))) {
      at += 1;
      const key = tokens[at] ?? "";
      order.push(turnOf(value, key));
      part = memberOf(value, key);
      if (!OF_SAME.has(token)) step();
    } else {
      if (OF_EACH.has(token) && isRefusal(value, isFalse) && (token !== "items" || itemsAsWhole)) return undefined;
      if (OF_EACH.has(token)) step();
      const name = token === "propertyNames" ? steps.shift() : undefined;
      if (name !== undefined) named.propertyName = name;
      part = value;
    }
  }
  if (typeof part !== "object" || part === null) return undefined;
  const { keyword } = error;
  const isTold =
    !OF_EACH.has(keyword) ||
    TOLD_WHOLE.has(keyword) ||
    ((keyword !== "items" || itemsAsWhole) && isRefusal(memberOf(part, keyword), isFalse));
  return isTold ? { part, path, toldPath: path, order, refused: false, ...named } : undefined;
}

const isRefusal = (value: unknown, isFalse: (part: object) => boolean) =>
  typeof value === "object" && value !== null && isFalse(value);
