import type { Sort } from "../../../../db/queries/eosc-perf/sort.ts";
import { refusal } from "./errors.ts";

/**
 * Reads `sort_by` (contract section 1.4): `+name,-id`. Throws a Refusal for the first part that is wrong: first its
 * field is looked at, then its sign. Of a field that is named again the first counts. `isField` says which fields there are.
 */
export function readSorts<F extends string>(sortBy: string | undefined, isField: (field: string) => field is F) {
  const sorts = new Map<F, Sort<F>>();
  for (const part of (sortBy ?? "").split(",").filter((part) => part !== "")) {
    const [sign = ""] = part;
    const field = part.slice(sign.length);
    if (!isField(field)) throw unsorted(`Unexpected field '${field}'`, "Use ',' to separate fields");
    if (sign !== "+" && sign !== "-")
      throw unsorted(`Unknown order operator '${sign}'`, "Use '+'(asc) or '-'(desc) before sort field");
    if (!sorts.has(field)) sorts.set(field, { field, descending: sign === "-" });
  }
  return [...sorts.values()];
}

/** Whether a field is in a closed list, for `readSorts`. */
export function among<F extends string>(fields: readonly F[]): (field: string) => field is F {
  return (field): field is F => fields.some((known) => known === field);
}

const unsorted = (KeyError: string, hint: string) => refusal(422, { message: { KeyError, hint } });
