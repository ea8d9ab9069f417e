import { type Budget, exceeded } from "./budget.ts";
import { isObject, type Json, parseJson } from "./json.ts";
import type { Limits } from "./limits.ts";

/** The JSON text of a document or a schema; with a member's name, what that member of the text's object holds. */
export type Source = { text: string; member?: string };

type Sizes = { start: string; values: keyof Limits; depth: keyof Limits; names?: keyof Limits };

const DOCUMENT: Sizes = { start: "The document", values: "EOSC_PERF_MAX_VALUES", depth: "EOSC_PERF_MAX_DEPTH" };
const SCHEMA: Sizes = {
  start: "The schema",
  values: "EOSC_PERF_SCHEMA_MAX_VALUES",
  depth: "EOSC_PERF_SCHEMA_MAX_DEPTH",
  names: "EOSC_PERF_SCHEMA_MAX_NAMES",
};

/** Reads a document. Throws LimitExceeded. */
export const readDocument = (source: Source, budget: Budget): Json => read(source, budget, DOCUMENT);

/** Reads a schema. Throws LimitExceeded. */
export function readSchema(source: Source, budget: Budget): Json {
  const { limits } = budget;
  // A body has a few more members, each of bounded length.
  const rest = source.member === undefined ? 0 : BODY_BYTES;
  if (byteLength(source.text) > limits.EOSC_PERF_SCHEMA_MAX_BYTES + rest)
    throw exceeded(limits, "EOSC_PERF_SCHEMA_MAX_BYTES", "The schema has", "bytes");
  return read(source, budget, SCHEMA);
}

const BODY_BYTES = 16_384;

/** Bytes of a text in UTF-8, without making them: a text may have megabytes. */
function byteLength(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/** Values that stand around a member: those of a line of a batch, or of the body of a benchmark. */
const VALUES_BESIDE = 1_000;

/** Characters whose reading costs as much as one step. */
const CHARACTERS_A_STEP = 16;

function read({ text, member }: Source, budget: Budget, { start, ...sizes }: Sizes): Json {
  const { limits } = budget;
  budget.charge(text.length / CHARACTERS_A_STEP);
  let values = 0;
  let names = 0;
  const outside = member === undefined ? 0 : 1;
  const beside = member === undefined ? 0 : VALUES_BESIDE;
  const whole = parseJson(text, {
    value(depth) {
      values += 1;
      if (values > limits[sizes.values] + beside) throw exceeded(limits, sizes.values, `${start} holds`, "values");
      if (depth > limits[sizes.depth] + outside)
        throw exceeded(limits, sizes.depth, `${start} is nested`, "levels deep");
    },
    name() {
      names += 1;
      if (sizes.names !== undefined && names > limits[sizes.names])
        throw exceeded(limits, sizes.names, `${start} has`, "names");
    },
  });
  if (member === undefined) return whole;
  return isObject(whole) ? (whole.get(member) ?? null) : null;
}
