import type { Filters } from "../../../../db/queries/kernelci/filters.ts";
import {
  FilterFault,
  FilterValueFault,
  filtersFrom,
  filterTerm,
  type GivenFilter,
  isPath,
  splitTerm,
} from "../http/filters.ts";

/** More values than any page sends; each is compared with each record. */
const MAX_VALUES = 500;

/** The filters of a body's object `filter` (contract part 04, Reading them). Throws FilterFault. */
export function filtersOfBody(given: Readonly<Record<string, unknown>>): Filters {
  const all = [...listFilters(given)];
  if (all.length > MAX_VALUES) throw new FilterFault(`There are more than ${MAX_VALUES} values of filters`);
  return filtersFrom(all);
}

function* listFilters(given: Readonly<Record<string, unknown>>): Generator<GivenFilter> {
  for (const [name, value] of Object.entries(given)) {
    const term = filterTerm(name);
    if (term === undefined) continue;
    const split = splitTerm(term);
    const hasOperator = split.field !== term;
    if (hasOperator) yield { ...split, value: readValue(split.field, firstElement(value)) };
    else if (Array.isArray(value))
      for (const one of value) yield { field: term, operator: "in", value: readValue(term, one) };
    else yield { field: term, operator: isPath(term) ? "like" : "exact", value: readValue(term, value) };
  }
}

function firstElement(value: unknown): unknown {
  if (typeof value === "string") return value.slice(0, 1) || undefined;
  return Array.isArray(value) ? value[0] : undefined;
}

/** A number is a value of durations alone, and of a build's there is no first character. */
function readValue(field: string, value: unknown): string {
  if (typeof value === "string") return value;
  const isDuration = field === "boot.duration" || field === "test.duration";
  if (typeof value === "number" && isDuration) return String(Math.trunc(value));
  throw new FilterValueFault(`The filter ${field} has a value that is not a text.`);
}
