import { canonicalKey } from "../canonical-key.ts";
import type { Check, Keyword } from "../check-state.ts";
import { isNumber, isObject, type Json } from "../json.ts";
import { below, type Path, type ValidationError } from "../validation-error.ts";
import { were } from "./objects.ts";

type Items = { check: Check; instance: readonly Json[]; path: Path };

function eachFrom({ check, instance, path }: Items, start: number, partAt: (index: number) => Json | undefined) {
  const errors: ValidationError[] = [];
  for (let index = start; index < instance.length; index += 1) {
    const part = partAt(index);
    const item = instance[index];
    if (part === undefined || item === undefined) break;
    for (const error of check.descend(item, part, below(path, index), true)) errors.push(error);
  }
  return errors;
}

/** From 2020-12 on: of the elements behind those of `prefixItems`. */
export const items: Keyword = (check, asked) => {
  const { value, instance, part, path } = asked;
  if (!Array.isArray(instance)) return [];
  const before = part.get("prefixItems");
  const prefix = Array.isArray(before) ? before.length : 0;
  if (value !== false) return eachFrom({ check, instance, path }, prefix, () => value);
  const extra = instance.length - prefix;
  if (extra <= 0) return [];
  const message = () => {
    const rest = instance.slice(prefix);
    const unit = prefix === 1 ? "item" : "items";
    const [only = null] = rest;
    return `Expected at most ${prefix} ${unit} but found ${extra} extra: ${check.repr(extra === 1 ? only : rest)}`;
  };
  return [check.error("items", asked, message)];
};

export const prefixItems: Keyword = (check, { value, instance, path }) =>
  Array.isArray(instance) && Array.isArray(value) ? eachFrom({ check, instance, path }, 0, (at) => value[at]) : [];

/** Before 2020-12: of every element, or of each its own. */
export const itemsOrList: Keyword = (check, asked) => {
  const { value, instance, path } = asked;
  if (Array.isArray(value)) return prefixItems(check, asked);
  return Array.isArray(instance) ? eachFrom({ check, instance, path }, 0, () => value) : [];
};

export const additionalItems: Keyword = (check, asked) => {
  const { value, instance, part, path } = asked;
  const before = part.get("items");
  if (!Array.isArray(instance) || !Array.isArray(before)) return [];
  if (isObject(value)) return eachFrom({ check, instance, path }, before.length, () => value);
  if (value !== false || instance.length <= before.length) return [];
  const extras = () => instance.slice(before.length);
  const message = () => `Additional items are not allowed (${check.reprs(extras())} ${were(extras())} unexpected)`;
  return [check.error("additionalItems", asked, message)];
};

/** Before 2019-09. */
export const containsAny: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!Array.isArray(instance) || instance.some((item) => check.isValid(item, value))) return [];
  return [check.error("contains", asked, () => `None of ${check.repr(instance)} are valid under the given schema`)];
};

export const contains: Keyword = (check, asked) => {
  const { value, instance, part } = asked;
  if (!Array.isArray(instance)) return [];
  const [least, most] = [part.get("minContains"), part.get("maxContains")];
  const min = isNumber(least) ? least.value : 1;
  const max = isNumber(most) ? most.value : instance.length;
  let matches = 0;
  for (const item of instance) {
    if (!check.isValid(item, value)) continue;
    matches += 1;
    if (matches <= max) continue;
    const message = () => `Too many items match the given schema (expected at most ${check.repr(most ?? null)})`;
    return [check.error("maxContains", asked, message)];
  }
  if (matches >= min) return [];
  if (matches === 0)
    return [
      check.error("contains", asked, () => `${check.repr(instance)} does not contain items matching the given schema`),
    ];
  const found = `(expected at least ${check.repr(least ?? null)} but only ${matches} matched)`;
  return [check.error("minContains", asked, () => `Too few items match the given schema ${found}`)];
};

export const uniqueItems: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (value !== true || !Array.isArray(instance)) return [];
  const seen = new Set<string>();
  for (const item of instance) {
    const key = canonicalKey(item, check.budget);
    if (seen.has(key))
      return [check.error("uniqueItems", asked, () => `${check.repr(instance)} has non-unique elements`)];
    seen.add(key);
  }
  return [];
};

function length(name: string, words: string, fails: (difference: number) => boolean): Keyword {
  return (check, asked) => {
    const { value, instance } = asked;
    if (!Array.isArray(instance) || !isNumber(value) || !fails(instance.length - value.value)) return [];
    return [check.error(name, asked, () => `${check.repr(instance)} is ${words}`)];
  };
}

export const minItems = length("minItems", "too short", (difference) => difference < 0);
export const maxItems = length("maxItems", "too long", (difference) => difference > 0);
