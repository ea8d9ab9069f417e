import { isLosslessNumber } from "lossless-json";
import { type Dialect, isKeywordOf } from "./dialects.ts";
import { translatedPattern } from "./python-pattern.ts";

const MAPS = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems", "items", "extends"]);
const VALUES = new Set(["enum", "const", "default", "examples", "required", "dependentRequired", "type"]);

/** A schema as the interpreter takes it, and what its parts were before. */
export type Prepared = {
  schema: object | true;
  /** The part of the schema as it was sent, numbers with their text. */
  asSent(part: object): unknown;
  /** Whether the part stands for the schema `false`. */
  isFalse(part: object): boolean;
};

/**
 * Copies a schema (parsed losslessly) for the interpreter: keywords of other drafts are left out, patterns translated,
 * `false` written as a schema with a place of its own, older spellings as the interpreter's. Throws SyntaxError for a
 * pattern that is none.
 */
export function preparedSchema(sent: unknown, dialect: Dialect): Prepared {
  const sentOf = new WeakMap<object, unknown>();
  const refusals = new WeakSet<object>();

  function partOf(part: unknown): unknown {
    if (part === false) {
      const refusal = { not: {} };
      refusals.add(refusal);
      sentOf.set(refusal, false);
      return refusal;
    }
    if (!isObject(part)) return plainOf(part);
    const entries = Object.entries(part).flatMap(([key, value]) => member(key, value, part));
    if (dialect === "3") entries.push(...requiredOf(part));
    const copy = Object.fromEntries(entries);
    sentOf.set(copy, part);
    return copy;
  }

  function member(key: string, value: unknown, part: object): [string, unknown][] {
    if (key === "$dynamicRef" && !("$ref" in part)) return [["$ref", value]];
    if (key === "$dynamicAnchor" && !("$anchor" in part)) return [["$anchor", value]];
    if (!isKeywordOf(dialect, key)) return [];
    if (key === "divisibleBy") return [["multipleOf", plainOf(value)]];
    if (key === "extends") return [["allOf", listOf(Array.isArray(value) ? value : [value])]];
    if (key === "type" && dialect === "3") return typesOf(value);
    if (key === "pattern" && typeof value === "string") return [[key, patternOf(value)]];
    if (VALUES.has(key)) return [[key, plainOf(value)]];
    if (LISTS.has(key) && Array.isArray(value)) return [[key, listOf(value)]];
    if (MAPS.has(key) && isObject(value)) return [[key, mapOf(value, key === "patternProperties")]];
    return [[key, partOf(value)]];
  }

  const listOf = (parts: readonly unknown[]) => parts.map(partOf);
  const mapOf = (parts: object, arePatterns: boolean) =>
    Object.fromEntries(
      Object.entries(parts).map(([key, part]) => [
        arePatterns ? patternOf(key) : key,
        Array.isArray(part) ? plainOf(part) : partOf(part),
      ]),
    );
  const whole = sent === true ? true : partOf(sent);
  return {
    schema: whole === true || isObject(whole) ? whole : true,
    asSent: (part) => sentOf.get(part),
    isFalse: (part) => refusals.has(part),
  };
}

/** The same value with ordinary numbers. */
export function plainOf(value: unknown): unknown {
  if (isLosslessNumber(value)) return Number(value.value);
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainOf(part)]));
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** Draft 3 says of a property that it is required inside the property's own schema. */
function requiredOf(part: Record<string, unknown>): [string, unknown][] {
  const { properties } = part;
  if (!isObject(properties)) return [];
  const names = Object.keys(properties).filter((name) => {
    const property = properties[name];
    return isObject(property) && property.required === true;
  });
  return names.length === 0 ? [] : [["required", names]];
}

/** Of draft 3's types only the named ones are told apart; `any`, and schemas among the types, let everything pass. */
function typesOf(value: unknown): [string, unknown][] {
  const types = Array.isArray(value) ? value : [value];
  return types.every((type) => typeof type === "string" && type !== "any") ? [["type", value]] : [];
}

function patternOf(pattern: string): string {
  const translated = translatedPattern(pattern);
  if (translated === undefined) throw new SyntaxError(`not a regular expression: ${pattern}`);
  return translated;
}
