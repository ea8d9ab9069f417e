import { bestMatch } from "./best-match.ts";
import { type BatchSteps, Budget, LimitExceeded, UnusableSchema } from "./budget.ts";
import { Check } from "./check-state.ts";
import { type Dialect, dialectOf } from "./dialects.ts";
import { type Json, JsonNumber, jsonOf } from "./json.ts";
import { KEYWORDS } from "./keywords/by-dialect.ts";
import type { Limits } from "./limits.ts";
import { METASCHEMAS } from "./metaschemas.ts";
import { pythonRepr } from "./python-repr.ts";
import { readDocument, readSchema, type Source } from "./read-json.ts";
import { References } from "./references.ts";
import { findPatternFault } from "./schema-patterns.ts";
import { type Path, stepsOf } from "./validation-error.ts";

/** What is wrong, in the words of python-jsonschema 4.20, and where, printed as a Python deque. */
export type Refusal = { error: string; path: string };

/**
 * Whether a document (a valid JSON text) fits a schema (another); undefined when it does. Dialect by `$schema`, formats unchecked,
 * the error that `best_match` would choose (EOSC-Perf contract section 8). Takes a bounded number of steps, whatever both are;
 * those of a batch share theirs.
 */
export function documentRefusal(
  document: Source,
  schema: string,
  limits: Limits,
  batch?: BatchSteps,
): Refusal | undefined {
  const budget = new Budget(limits, batch);
  return guarded(limits, () => {
    const { part, dialect } = usableSchema(schema, budget);
    const instance = readDocument(document, budget);
    const references = new References(part, dialect, budget);
    const check = new Check({ budget, dialect, references, keywords: KEYWORDS[dialect] });
    const best = bestMatch(check.descend(instance, part, undefined));
    return best && refusal(best.message(), best.path, limits);
  });
}

/** Whether a JSON text is a schema of draft 7, whatever it calls itself; undefined when it is (EOSC-Perf contract section 5). */
export function schemaRefusal(schema: Source, limits: Limits): Refusal | undefined {
  const budget = new Budget(limits);
  return guarded(limits, () => {
    const fault = schemaFault(readSchema(schema, budget), "7", budget, true);
    return fault && refusal(fault.message, fault.path, limits);
  });
}

/** A stored schema; what is wrong with it is no fault of the document. Throws UnusableSchema. */
function usableSchema(text: string, budget: Budget): { part: Json; dialect: Dialect } {
  try {
    const part = readSchema({ text }, budget);
    const dialect = dialectOf(part);
    const fault = schemaFault(part, dialect, budget, false);
    if (fault !== undefined) throw new UnusableSchema(fault.message);
    return { part, dialect };
  } catch (error) {
    throw error instanceof LimitExceeded ? new UnusableSchema(error.message) : error;
  }
}

function schemaFault(schema: Json, dialect: Dialect, budget: Budget, compile: boolean) {
  const { part, references } = metaschemaOf(dialect);
  const [first] = new Check({ budget, dialect, references, keywords: KEYWORDS[dialect] }).descend(
    schema,
    part,
    undefined,
  );
  return first === undefined
    ? findPatternFault(schema, budget, compile)
    : { message: first.message(), path: first.path };
}

type Metaschema = { part: Json; references: References };
const metaschemas = new Map<Dialect, Metaschema>();

function metaschemaOf(dialect: Dialect): Metaschema {
  const known = metaschemas.get(dialect);
  if (known !== undefined) return known;
  const part = jsonOf(METASCHEMAS[dialect]);
  const made = { part, references: new References(part, dialect) };
  metaschemas.set(dialect, made);
  return made;
}

function refusal(message: string, path: Path, { EOSC_PERF_MAX_ERROR_LENGTH: max }: Limits): Refusal {
  const steps = stepsOf(path).map((step) => (typeof step === "number" ? new JsonNumber(String(step)) : step));
  return { error: cut(message, max), path: `deque(${cut(pythonRepr(steps, max), max)})` };
}

/** Python shows values whole, however long; what is cut ends with an ellipsis. */
const cut = (text: string, max: number) => (text.length <= max ? text : `${text.slice(0, max)}…`);

/** A schema that can't be applied, and what is larger than a limit, are refusals as well. */
function guarded(limits: Limits, check: () => Refusal | undefined): Refusal | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof UnusableSchema)
      return refusal(`The schema can't be applied: ${error.message}`, undefined, limits);
    if (error instanceof LimitExceeded) return refusal(error.message, undefined, limits);
    throw error;
  }
}
