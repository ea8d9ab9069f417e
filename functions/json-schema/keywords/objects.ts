import type { Check, Keyword } from "../check-state.ts";
import { isNumber, isObject, type Json, type JsonObject } from "../json.ts";
import { below, type ValidationError } from "../validation-error.ts";

export const properties: Keyword = (check, { value, instance, path }) => {
  if (!isObject(instance) || !isObject(value)) return [];
  check.budget.charge(value.size / 4);
  const errors: ValidationError[] = [];
  for (const [name, part] of value) {
    const member = instance.get(name);
    if (member === undefined) continue;
    for (const error of check.descend(member, part, below(path, name), true)) errors.push(error);
  }
  return errors;
};

export const patternProperties: Keyword = (check, { value, instance, path }) => {
  if (!isObject(instance) || !isObject(value)) return [];
  const errors: ValidationError[] = [];
  for (const [source, part] of value) {
    const pattern = check.pattern(source);
    for (const [name, member] of instance)
      if (pattern.search(name))
        for (const error of check.descend(member, part, below(path, name), true)) errors.push(error);
  }
  return errors;
};

export const propertyNames: Keyword = (check, { value, instance, path }) => {
  if (!isObject(instance)) return [];
  const errors: ValidationError[] = [];
  for (const name of instance.keys()) for (const error of check.descend(name, value, path)) errors.push(error);
  return errors;
};

/** Names of members that neither `properties` nor `patternProperties` of the same part speaks of. */
export function additionalNames(check: Check, instance: JsonObject, part: JsonObject): string[] {
  const named = part.get("properties");
  const patterns = patternsOf(part);
  check.budget.charge(instance.size);
  return [...instance.keys()].filter(
    (name) => !(isObject(named) && named.has(name)) && !patterns.some((source) => check.pattern(source).search(name)),
  );
}

const patternsOf = (part: JsonObject): string[] => {
  const patterns = part.get("patternProperties");
  return isObject(patterns) ? [...patterns.keys()] : [];
};

export const additionalProperties: Keyword = (check, asked) => {
  const { value, instance, part, path } = asked;
  if (!isObject(instance) || value === true) return [];
  const extras = additionalNames(check, instance, part);
  if (isObject(value))
    return extras.flatMap((name) => check.descend(instance.get(name) ?? null, value, below(path, name), true));
  if (value !== false || extras.length === 0) return [];
  const message = () => {
    const names = check.reprs(byCodePoint(extras));
    if (!part.has("patternProperties"))
      return `Additional properties are not allowed (${names} ${were(extras)} unexpected)`;
    const does = extras.length === 1 ? "does" : "do";
    return `${names} ${does} not match any of the regexes: ${check.reprs(byCodePoint(patternsOf(part)))}`;
  };
  return [check.error("additionalProperties", asked, message)];
};

export const were = (extras: readonly unknown[]): string => (extras.length === 1 ? "was" : "were");

/** Python orders texts by their characters, not by halves of surrogate pairs. */
export const byCodePoint = (texts: readonly string[]): string[] =>
  texts.toSorted((a, b) => {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
  });

export const required: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!isObject(instance) || !Array.isArray(value)) return [];
  check.budget.charge(value.length / 4);
  return value
    .filter((name) => !hasMember(instance, name))
    .map((name) => check.error("required", asked, () => `${check.repr(name)} is a required property`));
};

const hasMember = (instance: JsonObject, name: Json) => typeof name === "string" && instance.has(name);

/** `{key} is a dependency of {name}` for every key that a name needs and that is not there. */
export const missingKeys: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!isObject(instance) || !isObject(value)) return [];
  check.budget.charge(value.size / 4);
  return [...value].flatMap(([name, needs]) => (instance.has(name) ? missing(needs, name) : []));

  function missing(needs: Json, name: string): ValidationError[] {
    if (!Array.isArray(needs) || !isObject(instance)) return [];
    check.budget.charge(needs.length / 4);
    return needs
      .filter((key) => !hasMember(instance, key))
      .map((key) =>
        check.error("dependentRequired", asked, () => `${check.repr(key)} is a dependency of ${check.repr(name)}`),
      );
  }
};

export const dependentSchemas: Keyword = (check, { value, instance, path }) => {
  if (!isObject(instance) || !isObject(value)) return [];
  check.budget.charge(value.size / 4);
  const errors: ValidationError[] = [];
  for (const [name, part] of value)
    if (instance.has(name)) for (const error of check.descend(instance, part, path)) errors.push(error);
  return errors;
};

/** Before 2019-09 one keyword held both kinds; draft 3 also takes a single name. */
export const dependencies: Keyword = (check, asked) => {
  const { value, instance, path } = asked;
  if (!isObject(instance) || !isObject(value)) return [];
  check.budget.charge(value.size / 4);
  const errors: ValidationError[] = [];
  for (const [name, needs] of value) {
    if (!instance.has(name)) continue;
    const keys = typeof needs === "string" ? [needs] : needs;
    const found = Array.isArray(keys)
      ? missingKeys(check, { ...asked, value: new Map([[name, keys]]) })
      : check.descend(instance, needs, path);
    for (const error of found) errors.push(error);
  }
  return errors;
};

function size(name: string, words: string, fails: (difference: number) => boolean): Keyword {
  return (check, asked) => {
    const { value, instance } = asked;
    if (!isObject(instance) || !isNumber(value) || !fails(instance.size - value.value)) return [];
    return [check.error(name, asked, () => `${check.repr(instance)} ${words}`)];
  };
}

export const minProperties = size("minProperties", "does not have enough properties", (difference) => difference < 0);
export const maxProperties = size("maxProperties", "has too many properties", (difference) => difference > 0);
