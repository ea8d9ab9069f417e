import { bestMatch } from "./best-match.ts";
import { type Dialect, dialectOf } from "./dialects.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { UnusableSchema } from "./located-failures.ts";
import { lossless } from "./lossless.ts";
import { METASCHEMAS } from "./metaschemas.ts";
import { isObject, preparedSchema } from "./prepared-schema.ts";
import { translatedPattern } from "./python-pattern.ts";
import { pythonDeque, pythonRepr } from "./python-repr.ts";

/** What is wrong, in the words of python-jsonschema 4.20, and where, printed as a Python deque. */
export type Refusal = { error: string; path: string };

/**
 * Whether a JSON text (parsed before) fits the schema of a JSON text; undefined when it does. Dialect by `$schema`,
 * formats unchecked, the fault `best_match` would choose (EOSC-Perf contract section 8).
 */
export function documentRefusal(document: string, schema: string): Refusal | undefined {
  const sent = lossless(schema);
  const dialect = dialectOf(sent);
  return guarded(() => {
    const unfit = firstFault(sent, dialect);
    if (unfit !== undefined) throw new UnusableSchema(unfit.message);
    const best = bestMatch(faultsOf(lossless(document), preparedSchema(sent, dialect), dialect));
    return best && refusal(best);
  });
}

/** Whether a JSON text is a schema of draft 7, whatever it calls itself; undefined when it is (EOSC-Perf contract section 5). */
export function schemaRefusal(schema: string): Refusal | undefined {
  return guarded(() => {
    const fault = firstFault(lossless(schema), "7");
    return fault && refusal(fault);
  });
}

type Told = Pick<Fault, "message" | "path">;

const refusal = ({ message, path }: Told): Refusal => ({ error: message, path: pythonDeque(path) });

function firstFault(sent: unknown, dialect: Dialect): Told | undefined {
  const [first] = faultsOf(sent, preparedSchema(METASCHEMAS[dialect], dialect), dialect);
  return first ?? brokenPattern(sent, []);
}

/** The first expression of a schema that is none. */
function brokenPattern(part: unknown, path: (string | number)[]): Told | undefined {
  if (Array.isArray(part)) return firstOf(part.map((item, at) => () => brokenPattern(item, [...path, at])));
  if (!isObject(part)) return undefined;
  const { pattern, patternProperties } = part;
  const expressions: [unknown, (string | number)[]][] = [[pattern, [...path, "pattern"]]];
  if (isObject(patternProperties))
    for (const key of Object.keys(patternProperties)) expressions.push([key, [...path, "patternProperties"]]);
  for (const [text, where] of expressions)
    if (typeof text === "string" && translatedPattern(text) === undefined)
      return { message: `${pythonRepr(text)} is not a 'regex'`, path: where };
  return firstOf(
    Object.entries(part).map(
      ([key, value]) =>
        () =>
          brokenPattern(value, [...path, key]),
    ),
  );
}

function firstOf<T>(tries: readonly (() => T | undefined)[]): T | undefined {
  for (const attempt of tries) {
    const found = attempt();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A schema that can't be applied, and what is nested too deep to be looked at, are refusals as well. */
function guarded(check: () => Refusal | undefined): Refusal | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof UnusableSchema)
      return { error: `The schema can't be applied: ${error.message}`, path: pythonDeque([]) };
    if (error instanceof RangeError) return { error: "The document is nested too deep", path: pythonDeque([]) };
    if (error instanceof URIError) return { error: "A name holds half a character", path: pythonDeque([]) };
    throw error;
  }
}
