import * as z from "zod";
import type { FilteredOutput } from "../../../../db/queries/qaboard/batches.ts";
import { Budget, LimitExceeded } from "../../../json-schema/budget.ts";
import { SCHEMA_LIMITS } from "../../../json-schema/limits.ts";
import { PatternError } from "../../../json-schema/pattern/pattern-error.ts";
import { compilePattern } from "../../../json-schema/pattern/search.ts";
import { ApiError } from "../http/errors.ts";

/** Tokens of one filter, and steps that all its searches may take. */
const MAX_TOKENS = 32;
const MAX_STEPS = 200_000_000;
const LIMITS = { ...z.object(SCHEMA_LIMITS).parse({}), EOSC_PERF_MAX_CHECK_STEPS: MAX_STEPS };

/**
 * Makes a filter of outputs (contract section 6, Filter language): every token is an expression that must be found in what
 * an output is called, or must not with a leading `-`. Throws an ApiError for what is no expression.
 */
export function readFilter(filter: string): (output: FilteredOutput) => boolean {
  const tokens = filter
    .toLowerCase()
    .replaceAll('"', "")
    .replace(/[=:]\s+/g, ":")
    .split(/\s+/)
    .filter((token) => token !== "");
  if (tokens.length > MAX_TOKENS) throw new ApiError(400, `The filter has more than ${MAX_TOKENS} parts.`);
  const budget = new Budget(LIMITS);
  const conditions = tokens.map((token) => {
    const isExcluding = token.startsWith("-");
    const pattern = within(() => compilePattern(isExcluding ? token.slice(1) : token, budget));
    return (text: string) => pattern.search(text) !== isExcluding;
  });
  return (output) => {
    const text = filteredText(output);
    return within(() => conditions.every((holds) => holds(text)));
  };
}

/** What expressions are searched in. */
function filteredText(output: FilteredOutput): string {
  const { path, platform, configurations, parameters, metadata, isFailed, isPending } = output;
  const states = [isFailed ? "fail crash" : "", isPending ? "pending running" : ""];
  return [path, platform ?? "", compact(configurations), compact(parameters), compact(metadata), ...states]
    .join(" ")
    .toLowerCase();
}

/** JSON as PostgreSQL writes it, without quotes and without blanks between values, in ASCII as Python writes it. */
function compact(json: string): string {
  return json
    .replace(/("(?:[^"\\]|\\.)*"?)|([,:]) /g, (_, text: string | undefined, sign: string) => text ?? sign)
    .replaceAll('"', "")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function within<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PatternError) throw new ApiError(400, `The filter is no expression: ${error.message}`);
    if (error instanceof LimitExceeded) throw new ApiError(400, "The filter is too large for so many outputs.");
    throw error;
  }
}
