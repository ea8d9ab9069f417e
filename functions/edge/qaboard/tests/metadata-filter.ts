import { fileNameMatcher } from "../../../files/file-name-pattern.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import { UnlistableTests } from "./unlistable-tests.ts";

/** Values that one filter compares with. */
const MAX_LEAVES = 200;
const COMPARISON = /^(==?|>=|<=|>|<)(.*)$/s;

type Matches = (value: unknown) => boolean;

/**
 * Compiles `only` or `exclude` of a batch (contract section 9) as the `qa` client reads them: a list means any of its
 * filters, an object all of its members, a text a pattern without regard to case, or `>=` and the like before a number.
 * Throws UnlistableTests for a filter that is too large.
 */
export function compileFilter(filter: unknown): Matches {
  let leaves = 0;
  const compile = (one: unknown): Matches => {
    leaves += 1;
    if (leaves > MAX_LEAVES) throw new UnlistableTests(`A filter compares with more than ${MAX_LEAVES} values.`);
    if (Array.isArray(one)) {
      const any = one.map(compile);
      return (value) => any.some((matches) => matches(value));
    }
    if (isJsonObject(one)) {
      const members = Object.entries(one).map(([name, inner]) => [name, compile(inner)] as const);
      return (value) => members.every(([name, matches]) => matches(memberOf(value, name)));
    }
    return typeof one === "string" ? textFilter(one) : (value) => value === one;
  };
  return compile(filter);
}

const memberOf = (value: unknown, name: string) =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : "";

function textFilter(filter: string): Matches {
  const [, operator = "", operand = ""] = COMPARISON.exec(filter) ?? [];
  if (operator !== "") return compare(operator, Number(operand));
  const matches = fileNameMatcher(filter.toLowerCase());
  return (value) => typeof value === "string" && matches(value.toLowerCase());
}

function compare(operator: string, operand: number): Matches {
  const holds: Readonly<Record<string, (value: number) => boolean>> = {
    "=": (value) => value === operand,
    "==": (value) => value === operand,
    ">=": (value) => value >= operand,
    "<=": (value) => value <= operand,
    ">": (value) => value > operand,
    // The client has no such comparison: nothing fits, so that the listing shows what it would run.
    "<": () => false,
  };
  return (value) => typeof value === "number" && holds[operator]?.(value) === true;
}
