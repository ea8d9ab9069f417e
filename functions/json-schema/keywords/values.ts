import { canonicalKey } from "../canonical-key.ts";
import type { Keyword } from "../check-state.ts";
import type { Json } from "../json.ts";

export const listed = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);

export const type: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (check.isOfType(instance, value)) return [];
  return [check.error("type", asked, () => `${check.repr(instance)} is not of type ${check.reprs(listed(value))}`)];
};

export const constant: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (check.keysOf([value], asked.part).has(canonicalKey(instance, check.budget))) return [];
  return [check.error("const", asked, () => `${check.repr(value)} was expected`)];
};

export const enumeration: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!Array.isArray(value)) return [];
  if (check.keysOf(value, value).has(canonicalKey(instance, check.budget))) return [];
  return [check.error("enum", asked, () => `${check.repr(instance)} is not one of ${check.repr(value)}`)];
};
