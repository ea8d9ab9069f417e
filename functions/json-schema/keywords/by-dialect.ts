import type { Keyword } from "../check-state.ts";
import type { Dialect } from "../dialects.ts";
import * as arrays from "./arrays.ts";
import * as draft3 from "./draft-3.ts";
import * as logic from "./logic.ts";
import * as objects from "./objects.ts";
import * as scalars from "./scalars.ts";
import * as unevaluated from "./unevaluated.ts";
import * as values from "./values.ts";

const { minimumWithFlag, maximumWithFlag } = scalars;

// `format` is in no dialect: formats are not checked (EOSC-Perf contract section 8).
const IN_ALL = {
  $ref: logic.ref,
  additionalProperties: objects.additionalProperties,
  enum: values.enumeration,
  maxItems: arrays.maxItems,
  minItems: arrays.minItems,
  maxLength: scalars.maxLength,
  minLength: scalars.minLength,
  pattern: scalars.pattern,
  patternProperties: objects.patternProperties,
  uniqueItems: arrays.uniqueItems,
};
const SINCE_4 = {
  ...IN_ALL,
  allOf: logic.allOf,
  anyOf: logic.anyOf,
  oneOf: logic.oneOf,
  not: logic.not,
  maxProperties: objects.maxProperties,
  minProperties: objects.minProperties,
  multipleOf: scalars.multipleOf,
  properties: objects.properties,
  required: objects.required,
  type: values.type,
};
const SINCE_6 = {
  ...SINCE_4,
  const: values.constant,
  maximum: scalars.maximum,
  minimum: scalars.minimum,
  exclusiveMaximum: scalars.exclusiveMaximum,
  exclusiveMinimum: scalars.exclusiveMinimum,
  propertyNames: objects.propertyNames,
};
const SINCE_2019 = {
  ...SINCE_6,
  contains: arrays.contains,
  dependentRequired: objects.missingKeys,
  dependentSchemas: objects.dependentSchemas,
  if: logic.condition,
  unevaluatedItems: unevaluated.unevaluatedItems,
  unevaluatedProperties: unevaluated.unevaluatedProperties,
};
const UNTIL_7 = {
  additionalItems: arrays.additionalItems,
  dependencies: objects.dependencies,
  items: arrays.itemsOrList,
};
const UNTIL_4 = { ...UNTIL_7, minimum: minimumWithFlag, maximum: maximumWithFlag };
const DRAFT_6 = { ...SINCE_6, ...UNTIL_7, contains: arrays.containsAny };

const mapOf = (keywords: Record<string, Keyword>): ReadonlyMap<string, Keyword> => new Map(Object.entries(keywords));

/** What the keywords of each dialect mean; others mean nothing. */
export const KEYWORDS: Readonly<Record<Dialect, ReadonlyMap<string, Keyword>>> = {
  "3": mapOf({
    ...IN_ALL,
    ...UNTIL_4,
    disallow: draft3.disallow,
    divisibleBy: scalars.multipleOf,
    extends: draft3.extending,
    properties: draft3.propertiesOrRequired,
    type: draft3.typeOrSchema,
  }),
  "4": mapOf({ ...SINCE_4, ...UNTIL_4 }),
  "6": mapOf(DRAFT_6),
  "7": mapOf({ ...DRAFT_6, if: logic.condition }),
  "2019-09": mapOf({
    ...SINCE_2019,
    $recursiveRef: logic.recursiveRef,
    additionalItems: arrays.additionalItems,
    items: arrays.itemsOrList,
  }),
  "2020-12": mapOf({
    ...SINCE_2019,
    $dynamicRef: logic.ref,
    items: arrays.items,
    prefixItems: arrays.prefixItems,
  }),
};
