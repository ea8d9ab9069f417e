import * as z from "zod";

const count = (standard: number) => z.coerce.number().int().positive().default(standard);

/** Settings that bound what checking a document against a schema may cost; edge and consumer have the same. */
export const SCHEMA_LIMITS = {
  EOSC_PERF_SCHEMA_MAX_BYTES: count(262_144).describe("bytes of a benchmark's JSON Schema"),
  EOSC_PERF_SCHEMA_MAX_VALUES: count(20_000).describe("JSON values that a schema may hold"),
  EOSC_PERF_SCHEMA_MAX_NAMES: count(10_000).describe("names of members that a schema may hold"),
  EOSC_PERF_SCHEMA_MAX_DEPTH: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(100)
    .describe("levels of nesting of a schema; 200 at most"),
  EOSC_PERF_SCHEMA_MAX_PATTERNS: count(1_000).describe("regular expressions that a schema may hold"),
  EOSC_PERF_PATTERN_MAX_LENGTH: count(1_000).describe("characters of one regular expression of a schema"),
  EOSC_PERF_PATTERN_MAX_SIZE: count(2_000).describe(
    "characters and classes of one regular expression, repetitions written out",
  ),
  EOSC_PERF_MAX_VALUES: count(100_000).describe("JSON values that one result may hold"),
  EOSC_PERF_MAX_DEPTH: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(200)
    .describe("levels of nesting of a result; 200 at most"),
  EOSC_PERF_MAX_CHECK_STEPS: count(2_000_000).describe("steps that checking one document or schema may take"),
  EOSC_PERF_MAX_BATCH_STEPS: count(100_000_000).describe("steps that checking all results of one batch may take"),
  EOSC_PERF_MAX_ERROR_LENGTH: count(10_000).describe("characters of what is said of a document that does not fit"),
};

/** What checking may cost. */
export type Limits = z.infer<z.ZodObject<typeof SCHEMA_LIMITS>>;
