import type { Check, Keyword } from "../check-state.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { below } from "../validation-error.ts";
import { additionalNames, byCodePoint, were } from "./objects.ts";

type Collect<T> = (check: Check, part: JsonObject, into: Set<T>) => void;

/** Collects what a part and all parts in the same place that hold for the value have judged. */
function collect<T>(check: Check, part: Json, instance: Json, into: Set<T>, own: Collect<T>): void {
  check.budget.charge(1);
  if (!isObject(part)) return;
  own(check, part, into);
  const go = (next: Json | undefined) => {
    if (next !== undefined && check.isValid(instance, next)) collect(check, next, instance, into, own);
  };
  for (const name of ["$ref", "$dynamicRef"]) {
    const reference = part.get(name);
    if (typeof reference === "string") go(check.references.find(reference, part));
  }
  if (check.dialect === "2019-09" && part.has("$recursiveRef")) go(check.references.root);
  for (const name of ["allOf", "anyOf", "oneOf"]) {
    const list = part.get(name);
    if (Array.isArray(list)) for (const next of list) go(next);
  }
  const condition = part.get("if");
  if (condition !== undefined) {
    go(condition);
    go(part.get(check.isValid(instance, condition) ? "then" : "else"));
  }
  const dependent = part.get("dependentSchemas");
  if (isObject(dependent) && isObject(instance)) for (const [name, next] of dependent) if (instance.has(name)) go(next);
}

function namesJudged(instance: JsonObject, of: JsonObject): Collect<string> {
  return (check, part, into) => {
    check.budget.charge(instance.size);
    const additional = part.has("additionalProperties");
    if (additional || (part !== of && part.has("unevaluatedProperties")))
      for (const name of instance.keys()) into.add(name);
    else {
      const left = new Set(additionalNames(check, instance, part));
      for (const name of instance.keys()) if (!left.has(name)) into.add(name);
    }
  };
}

/** What no other keyword of this part, or of parts in the same place that hold, has judged. */
export const unevaluatedProperties: Keyword = (check, asked) => {
  const { value, instance, part, path } = asked;
  if (!isObject(instance)) return [];
  const judged = new Set<string>();
  collect(check, part, instance, judged, namesJudged(instance, part));
  const left: string[] = [];
  for (const [name, member] of instance)
    if (!judged.has(name) && check.descend(member, value, below(path, name)).length > 0) left.push(name);
  if (left.length === 0) return [];
  const message = () =>
    value === false
      ? `Unevaluated properties are not allowed (${check.reprs(byCodePoint(left))} ${were(left)} unexpected)`
      : `Unevaluated properties are not valid under the given schema (${check.reprs(left)} ${were(left)} unevaluated and invalid)`;
  return [check.error("unevaluatedProperties", asked, message)];
};

function indexesJudged(instance: readonly Json[], of: JsonObject): Collect<number> {
  return (check, part, into) => {
    check.budget.charge(instance.length);
    const [items, prefix, contained] = [part.get("items"), part.get("prefixItems"), part.get("contains")];
    const isWhole =
      (items !== undefined && !Array.isArray(items)) ||
      (Array.isArray(items) && part.has("additionalItems")) ||
      (part !== of && part.has("unevaluatedItems"));
    const first = Array.isArray(items) ? items.length : Array.isArray(prefix) ? prefix.length : 0;
    for (const [index, item] of instance.entries()) {
      const isContained = () =>
        check.dialect === "2020-12" && contained !== undefined && check.isValid(item, contained);
      if (isWhole || index < first || isContained()) into.add(index);
    }
  };
}

export const unevaluatedItems: Keyword = (check, asked) => {
  const { value, instance, part } = asked;
  if (!Array.isArray(instance)) return [];
  const judged = new Set<number>();
  collect(check, part, instance, judged, indexesJudged(instance, part));
  const left = instance.filter((item, index) => !judged.has(index) && !check.isValid(item, value));
  if (left.length === 0) return [];
  const message = () => `Unevaluated items are not allowed (${check.reprs(left)} ${were(left)} unexpected)`;
  return [check.error("unevaluatedItems", asked, message)];
};
