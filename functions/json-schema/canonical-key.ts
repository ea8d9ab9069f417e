import type { Budget } from "./budget.ts";
import { isNumber, type Json } from "./json.ts";
import { numberKey } from "./numbers.ts";

/** Characters of text that cost as much as one step. */
const CHARACTERS_A_STEP = 64;

/**
 * The same text for values that python-jsonschema's `equal` takes for equal: 1 and 1.0 are, true and 1 are not, nor does
 * the order of members matter.
 */
export function canonicalKey(value: Json, budget: Budget): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    budget.charge(1 + value.length / CHARACTERS_A_STEP);
    return JSON.stringify(value);
  }
  budget.charge(1);
  if (isNumber(value)) {
    budget.charge(value.text.length / CHARACTERS_A_STEP);
    return numberKey(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalKey(item, budget)).join(",")}]`;
  const members = [...value].map(([name, member]) => `${JSON.stringify(name)}:${canonicalKey(member, budget)}`);
  budget.charge(members.length);
  return `{${members.sort().join(",")}}`;
}
