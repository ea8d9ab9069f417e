import type { Keyword } from "../check-state.ts";
import { isNumber, type JsonNumber } from "../json.ts";
import { compareNumbers, isMultiple } from "../numbers.ts";

/** Characters that cost as much as one step. */
const CHARACTERS_A_STEP = 64;
/** Digits of whole numbers beyond doubles that cost as much as one step. */
const DIGITS_A_STEP = 16;

type Fails = (order: number) => boolean;

function bound(name: string, words: string, limit: "minimum" | "maximum", fails: Fails): Keyword {
  return (check, asked) => {
    const { value, instance } = asked;
    if (!isNumber(instance) || !isNumber(value)) return [];
    check.budget.charge((instance.text.length + value.text.length) / DIGITS_A_STEP);
    if (!fails(compareNumbers(instance, value))) return [];
    const message = () => `${check.repr(instance)} is ${words} the ${limit} of ${check.repr(value)}`;
    return [check.error(name, asked, message)];
  };
}

export const minimum = bound("minimum", "less than", "minimum", (order) => order < 0);
export const maximum = bound("maximum", "greater than", "maximum", (order) => order > 0);
export const exclusiveMinimum = bound("exclusiveMinimum", "less than or equal to", "minimum", (order) => order <= 0);
export const exclusiveMaximum = bound("exclusiveMaximum", "greater than or equal to", "maximum", (order) => order >= 0);

const orEqualMinimum = bound("minimum", "less than or equal to", "minimum", (order) => order <= 0);
const orEqualMaximum = bound("maximum", "greater than or equal to", "maximum", (order) => order >= 0);

/** Drafts 3 and 4 say by a flag beside it that a bound is exclusive. */
export const minimumWithFlag: Keyword = (check, asked) =>
  (asked.part.get("exclusiveMinimum") === true ? orEqualMinimum : minimum)(check, asked);
export const maximumWithFlag: Keyword = (check, asked) =>
  (asked.part.get("exclusiveMaximum") === true ? orEqualMaximum : maximum)(check, asked);

export const multipleOf: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!isNumber(instance) || !isNumber(value)) return [];
  check.budget.charge(costOfDivision(instance) + costOfDivision(value));
  if (isMultiple(instance, value)) return [];
  return [check.error("multipleOf", asked, () => `${check.repr(instance)} is not a multiple of ${check.repr(value)}`)];
};

const costOfDivision = ({ text, isInt }: JsonNumber) => (isInt && text.length < DIGITS_A_STEP ? 1 : 20 + text.length);

/** A text's length is the number of its characters, as in Python. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at += 1) if ((text.codePointAt(at) ?? 0) > 0xffff) length -= 1;
  return length;
}

function length(name: string, words: string, fails: Fails): Keyword {
  return (check, asked) => {
    const { value, instance } = asked;
    if (typeof instance !== "string" || !isNumber(value)) return [];
    check.budget.charge(instance.length / CHARACTERS_A_STEP);
    if (!fails(lengthOf(instance) - value.value)) return [];
    return [check.error(name, asked, () => `${check.repr(instance)} is ${words}`)];
  };
}

export const minLength = length("minLength", "too short", (difference) => difference < 0);
export const maxLength = length("maxLength", "too long", (difference) => difference > 0);

export const pattern: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (typeof instance !== "string" || typeof value !== "string") return [];
  if (check.pattern(value).search(instance)) return [];
  return [check.error("pattern", asked, () => `${check.repr(instance)} does not match ${check.repr(value)}`)];
};
