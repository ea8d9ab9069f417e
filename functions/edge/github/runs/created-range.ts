import type { Bound } from "../../../../db/queries/github/run-filters.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * A date or an instant as an ISO instant, or undefined when it is neither. A bare date means its first second, as an
 * upper end its last; an instant without a zone is UTC. The plus of an offset may have become a space on its way through a query string.
 */
export function instantOf(text: string, end: "lower" | "upper"): string | undefined {
  const written = text.replace(" ", "+");
  const isDate = DATE.test(written);
  const zone = INSTANT.exec(written);
  if (!isDate && zone === null) return undefined;
  const time = isDate ? `T${end === "lower" ? "00:00:00" : "23:59:59"}` : "";
  const ms = Date.parse(`${written}${time}${zone?.[1] === undefined ? "Z" : ""}`);
  const day = Date.parse(`${written.slice(0, 10)}T00:00:00Z`);
  const isReal = !Number.isNaN(day) && new Date(day).toISOString().startsWith(written.slice(0, 10));
  return isReal && ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined;
}

/**
 * The bounds that a `created` filter sets (contract section 7): a day or an instant, `A..B` with both ends included and
 * `*` for an open one, or `>A`, `>=A`, `<A`, `<=A`. Undefined when it is none of these.
 */
export function createdRange(text: string): Bound[] | undefined {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared !== null) {
    const [, op = "", at = ""] = compared;
    return bounds([op, at]);
  }
  const [from = "", to = from, ...more] = text.split("..");
  if (more.length > 0) return undefined;
  return bounds([">=", from], ["<=", to]);
}

function bounds(...wanted: readonly (readonly [op: string, at: string])[]): Bound[] | undefined {
  const all: Bound[] = [];
  for (const [op, at] of wanted) {
    if (at === "*" && wanted.length > 1) continue;
    const instant = instantOf(at, op === "<=" ? "upper" : "lower");
    if (instant === undefined) return undefined;
    if (op === ">" || op === ">=" || op === "<" || op === "<=") all.push({ op, at: instant });
  }
  return all;
}
