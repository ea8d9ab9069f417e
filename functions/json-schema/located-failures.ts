import { dereference, type OutputUnit, type Schema, validate } from "@cfworker/json-schema";
import { type Dialect, interpretedAs } from "./dialects.ts";
import { type Place, placeOf, stepsOf } from "./place.ts";
import type { Prepared } from "./prepared-schema.ts";

/** One thing wrong with a document, and what was wrong with each alternative of an `anyOf` or `oneOf`. */
export type Failure = Place & {
  keyword: string;
  context: Failure[];
  /** Members or elements this part refuses that no other part has judged. */
  leftOver: string[];
};

/** Keywords that only pass on what their parts say. */
const PASSING_ON = new Set([
  "$ref",
  "$recursiveRef",
  "allOf",
  "if",
  "dependentSchemas",
  "properties",
  "patternProperties",
  "prefixItems",
  "propertyNames",
]);

/** A schema that the interpreter can't follow: a reference that leads nowhere, or names that clash. */
export class UnusableSchema extends Error {}

/** Whether a value fits one part of the schema. */
type Fits = (value: unknown, part: unknown) => boolean;

/**
 * Everything wrong with a document, in the order in which the schema's keywords stand. Throws UnusableSchema, or
 * RangeError for what is nested too deep.
 */
export function failuresOf(
  document: unknown,
  prepared: Prepared,
  dialect: Dialect,
): { failures: Failure[]; fits: Fits } {
  const { schema, isFalse } = prepared;
  if (schema === true) return { failures: [], fits: () => true };
  const root: Schema = schema;
  const { lookup, errors } = interpreted(document, root, dialect);
  const places = { root, lookup, document, isFalse, itemsAsWhole: dialect === "2020-12" };

  function collected(from: number, to: number): Failure[] {
    const failures: Failure[] = [];
    const seen = new Map<string, Failure>();
    for (let at = from; at < to; at += 1) {
      const error = errors[at];
      if (error === undefined) continue;
      const { keyword, keywordLocation, instanceLocation } = error;
      const isChoice = keyword === "anyOf" || keyword === "oneOf";
      const end = isChoice ? endOf(errors, at, to) : at;
      const context = isChoice ? collected(at + 1, end + 1) : [];
      at = end;
      const once = `${keyword} ${keywordLocation} ${instanceLocation}`;
      const told = seen.get(once);
      if (told !== undefined) told.leftOver.push(...memberBelow(error, errors[at + 1]));
      if (PASSING_ON.has(keyword) || told !== undefined) continue;
      const place = placeOf(error, places);
      if (place === undefined) continue;
      const leftOver = memberBelow(error, errors[at + 1]);
      const failure = { ...place, keyword: place.refused ? "false" : keyword, context, leftOver };
      seen.set(once, failure);
      failures.push(failure);
    }
    return failures.sort((a, b) => inOrder(a.order, b.order));
  }
  const fits: Fits = (value, part) => validate(value, Object(part), interpretedAs[dialect], lookup).valid;
  return { failures: collected(0, errors.length), fits };
}

/** The member or element of an error's place that the error after it speaks of. */
function memberBelow(error: OutputUnit, next: OutputUnit | undefined): string[] {
  if (!next?.instanceLocation.startsWith(`${error.instanceLocation}/`)) return [];
  const [member] = stepsOf(next.instanceLocation.slice(error.instanceLocation.length));
  return member === undefined ? [] : [member];
}

function interpreted(document: unknown, schema: Schema, dialect: Dialect) {
  try {
    const lookup = dereference(schema);
    return { lookup, errors: validate(document, schema, interpretedAs[dialect], lookup, false).errors };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new UnusableSchema(error instanceof Error ? error.message.split("\n", 1)[0] : String(error));
  }
}

/** The last error that belongs to the alternatives of the choice at `at`: it lies below it in schema and document. */
function endOf(errors: readonly OutputUnit[], at: number, to: number): number {
  const choice = errors[at];
  let end = at;
  while (choice !== undefined && end + 1 < to) {
    const next = errors[end + 1];
    if (!next?.keywordLocation.startsWith(`${choice.keywordLocation}/`)) break;
    if (
      next.instanceLocation !== choice.instanceLocation &&
      !next.instanceLocation.startsWith(`${choice.instanceLocation}/`)
    )
      break;
    end += 1;
  }
  return end;
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
