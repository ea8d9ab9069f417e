/** The drafts a schema may speak, oldest first. */
export type Dialect = "3" | "4" | "6" | "7" | "2019-09" | "2020-12";

const NAMED: Readonly<Record<string, Dialect>> = {
  "http://json-schema.org/draft-03/schema": "3",
  "http://json-schema.org/draft-04/schema": "4",
  "http://json-schema.org/draft-06/schema": "6",
  "http://json-schema.org/draft-07/schema": "7",
  "https://json-schema.org/draft/2019-09/schema": "2019-09",
  "https://json-schema.org/draft/2020-12/schema": "2020-12",
};

/** The draft a schema names in `$schema`; the newest when it names none or one that is not known. */
export function dialectOf(schema: unknown): Dialect {
  const named = schema !== null && typeof schema === "object" && "$schema" in schema ? schema.$schema : undefined;
  return (typeof named === "string" && NAMED[named.replace(/#$/, "")]) || "2020-12";
}

/** The draft the interpreter runs a dialect as: it knows four of the six. */
export const interpretedAs = {
  "3": "4",
  "4": "4",
  "6": "7",
  "7": "7",
  "2019-09": "2019-09",
  "2020-12": "2020-12",
} as const;

const ORDER: readonly Dialect[] = ["3", "4", "6", "7", "2019-09", "2020-12"];
const isBefore = (a: Dialect, b: Dialect) => ORDER.indexOf(a) < ORDER.indexOf(b);

/** From which draft on a keyword means something; those not named were there from the beginning. */
const SINCE: Readonly<Record<string, Dialect>> = {
  required: "4",
  allOf: "4",
  anyOf: "4",
  oneOf: "4",
  not: "4",
  minProperties: "4",
  maxProperties: "4",
  multipleOf: "4",
  const: "6",
  contains: "6",
  propertyNames: "6",
  $id: "6",
  if: "7",
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: "7",
  else: "7",
  minContains: "2019-09",
  maxContains: "2019-09",
  dependentRequired: "2019-09",
  dependentSchemas: "2019-09",
  unevaluatedItems: "2019-09",
  unevaluatedProperties: "2019-09",
  $anchor: "2019-09",
  prefixItems: "2020-12",
};
/** From which draft on a keyword means nothing any more. */
const UNTIL: Readonly<Record<string, Dialect>> = {
  id: "6",
  extends: "4",
  disallow: "4",
  divisibleBy: "4",
  dependencies: "2019-09",
  additionalItems: "2020-12",
  $recursiveRef: "2020-12",
  $recursiveAnchor: "2020-12",
};

/** Whether a keyword acts in a dialect. `format` never does: formats are not checked (EOSC-Perf contract section 8). */
export function isKeywordOf(dialect: Dialect, keyword: string): boolean {
  const since = SINCE[keyword];
  const until = UNTIL[keyword];
  if (keyword === "format") return false;
  if (keyword === "$recursiveRef" || keyword === "$recursiveAnchor") return dialect === "2019-09";
  return !(since !== undefined && isBefore(dialect, since)) && (until === undefined || isBefore(dialect, until));
}
