import { type Budget, exceeded } from "./budget.ts";
import { patternFault } from "./check-state.ts";
import { isObject, type Json } from "./json.ts";
import { PatternError } from "./pattern/pattern-error.ts";
import { compilePattern, readPattern } from "./pattern/search.ts";
import { below, type Path } from "./validation-error.ts";

/** The first expression of a schema that can't be used, as it is told, and where it stands. */
export type PatternFault = { message: string; path: Path };

/**
 * Looks at every expression of a schema, also where no part leads to: undefined when all can be used. `compile`: also
 * make each ready for searching, as `Check` does when it first meets it. Throws LimitExceeded.
 */
export function findPatternFault(schema: Json, budget: Budget, compile: boolean): PatternFault | undefined {
  const { limits } = budget;
  let patterns = 0;

  function faultOf(pattern: string, path: Path): PatternFault | undefined {
    patterns += 1;
    if (patterns > limits.EOSC_PERF_SCHEMA_MAX_PATTERNS)
      throw exceeded(limits, "EOSC_PERF_SCHEMA_MAX_PATTERNS", "The schema has", "regular expressions");
    try {
      if (compile) compilePattern(pattern, budget);
      else readPattern(pattern, budget);
      return undefined;
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      return { message: patternFault(pattern, error, limits.EOSC_PERF_MAX_ERROR_LENGTH), path };
    }
  }

  /** The depth of a schema is bounded. */
  function faultIn(part: Json, path: Path): PatternFault | undefined {
    budget.charge(1);
    if (Array.isArray(part)) return firstOf(part.entries(), ([index, item]) => faultIn(item, below(path, index)));
    if (!isObject(part)) return undefined;
    const pattern = part.get("pattern");
    const own = typeof pattern === "string" ? faultOf(pattern, below(path, "pattern")) : undefined;
    if (own !== undefined) return own;
    const named = part.get("patternProperties");
    const ofNames = (name: string) => faultOf(name, below(path, "patternProperties"));
    const inNames = isObject(named) ? firstOf(named.keys(), ofNames) : undefined;
    return inNames ?? firstOf(part, ([name, value]) => faultIn(value, below(path, name)));
  }
  return faultIn(schema, undefined);
}

function firstOf<T, F>(items: Iterable<T>, find: (item: T) => F | undefined): F | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
