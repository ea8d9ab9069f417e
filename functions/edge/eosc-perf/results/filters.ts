import { FILTER_OPERATORS, type Filter, type FilterOperator } from "../../../../db/queries/eosc-perf/filters.ts";
import { parseDecimal } from "../../decimal.ts";
import { refusal } from "../http/errors.ts";

const EXAMPLE = "filters=machine.cpu.count%20%3E%205";

/** Reads `<path> <operator> <value>` (contract section 8.1); throws a Refusal for the first one that is wrong. */
export function readFilters(filters: readonly string[]): Filter[] {
  return filters.map((filter) => {
    const parts = filter.split(" ");
    const [path, operator, value] = parts;
    if (path === undefined || operator === undefined || value === undefined || parts.length > 3) {
      const reason = [unpackingFault(parts.length)];
      throw refusal(422, { errors: { filter, reason, hint: "Probably missing spaces (%20)", example: EXAMPLE } });
    }
    if (!isOperator(operator)) {
      const reason = [`Unknown filter operator: '${operator}'`];
      const hint = "Use only one of ['==', '>', '<', '>=', '<=']";
      throw refusal(422, { message: { filter, reason, hint, example: EXAMPLE } });
    }
    return { path, operator, value: meant(value) };
  });
}

const isOperator = (word: string): word is FilterOperator => FILTER_OPERATORS.some((operator) => operator === word);

const unpackingFault = (parts: number) =>
  parts < 3 ? `not enough values to unpack (expected 3, got ${parts})` : "too many values to unpack (expected 3)";

/** A number when Python's `float` would read one (NaN and the infinities included), a boolean, or the text itself. */
function meant(value: string): number | boolean | string {
  const number = parseDecimal(value);
  if (number !== undefined) return finite(number);
  if (/^[-+]?(inf|infinity|nan)$/i.test(value.trim())) return Number.NaN;
  if (/^(true|True|TRUE)$/.test(value)) return true;
  if (/^(false|False|FALSE)$/.test(value)) return false;
  return value;
}

/** What is too large for a number is compared as little as infinity. */
const finite = (value: number) => (Number.isFinite(value) ? value : Number.NaN);
