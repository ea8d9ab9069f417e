import type { Dialect } from "./dialects.ts";

const SCHEMA = { $ref: "#" };
const SCHEMAS = { type: "array", minItems: 1, items: SCHEMA };
const SCHEMA_MAP = { type: "object", additionalProperties: SCHEMA };
const COUNT = { type: "integer", minimum: 0 };
const NUMBER = { type: "number" };
const TEXT = { type: "string" };
const TEXTS = { type: "array", items: TEXT, uniqueItems: true };
const SIMPLE_TYPES = { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] };
const TYPES = { anyOf: [SIMPLE_TYPES, { type: "array", items: SIMPLE_TYPES, minItems: 1, uniqueItems: true }] };
const ANCHOR = { type: "string", pattern: "^[A-Za-z_][-A-Za-z0-9._]*$" };

// Members stand in the order of the published meta-schemas: the first fault found is the one that is told.
const TEXT_BOUNDS = { maxLength: COUNT, minLength: COUNT, pattern: TEXT };
const LENGTHS = { maxItems: COUNT, minItems: COUNT, uniqueItems: { type: "boolean" } };
const MAPS = { definitions: SCHEMA_MAP, properties: SCHEMA_MAP, patternProperties: SCHEMA_MAP };
const dependenciesOn = (texts: object) => ({ type: "object", additionalProperties: { anyOf: [SCHEMA, texts] } });
const COMBINED = { allOf: SCHEMAS, anyOf: SCHEMAS, oneOf: SCHEMAS, not: SCHEMA };
const COUNTED = { maxProperties: COUNT, minProperties: COUNT };

/** The parts that other schemas may refer to. */
const PARTS = { schemaArray: SCHEMAS, simpleTypes: SIMPLE_TYPES, stringArray: TEXTS };
const PARTS_OF_4 = { ...PARTS, positiveInteger: COUNT, positiveIntegerDefault0: COUNT };
const LATER_PARTS = { ...PARTS, nonNegativeInteger: COUNT, nonNegativeIntegerDefault0: COUNT };

const REQUIRED_TEXTS = { ...TEXTS, minItems: 1 };
const SCHEMA_OR_FLAG = { anyOf: [{ type: "boolean" }, SCHEMA] };
const DRAFT_4 = {
  definitions: PARTS_OF_4,
  type: "object",
  properties: {
    id: TEXT,
    $schema: TEXT,
    title: TEXT,
    description: TEXT,
    multipleOf: { type: "number", minimum: 0, exclusiveMinimum: true },
    maximum: NUMBER,
    exclusiveMaximum: { type: "boolean" },
    minimum: NUMBER,
    exclusiveMinimum: { type: "boolean" },
    ...TEXT_BOUNDS,
    additionalItems: SCHEMA_OR_FLAG,
    items: { anyOf: [SCHEMA, SCHEMAS] },
    ...LENGTHS,
    ...COUNTED,
    required: REQUIRED_TEXTS,
    additionalProperties: SCHEMA_OR_FLAG,
    ...MAPS,
    dependencies: dependenciesOn(REQUIRED_TEXTS),
    enum: { type: "array", minItems: 1, uniqueItems: true },
    type: TYPES,
    format: TEXT,
    ...COMBINED,
  },
  dependencies: { exclusiveMaximum: ["maximum"], exclusiveMinimum: ["minimum"] },
};

const IDENTITY = { $id: TEXT, $schema: TEXT, $ref: TEXT };
const NUMBERS = {
  multipleOf: { type: "number", exclusiveMinimum: 0 },
  maximum: NUMBER,
  exclusiveMaximum: NUMBER,
  minimum: NUMBER,
  exclusiveMinimum: NUMBER,
};
const OBJECTS_AND_LISTS = {
  ...NUMBERS,
  ...TEXT_BOUNDS,
  additionalItems: SCHEMA,
  items: { anyOf: [SCHEMA, SCHEMAS] },
  ...LENGTHS,
  contains: SCHEMA,
  ...COUNTED,
  required: TEXTS,
  additionalProperties: SCHEMA,
  ...MAPS,
  dependencies: dependenciesOn(TEXTS),
  propertyNames: SCHEMA,
  enum: { type: "array" },
  type: TYPES,
  format: TEXT,
};
const TITLES = { title: TEXT, description: TEXT };
// biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
const CONDITION = { if: SCHEMA, then: SCHEMA, else: SCHEMA };
const SCHEMA_TYPE = ["object", "boolean"];

const DRAFT_6 = {
  definitions: LATER_PARTS,
  type: SCHEMA_TYPE,
  properties: { ...IDENTITY, ...TITLES, examples: { type: "array" }, ...OBJECTS_AND_LISTS, ...COMBINED },
};
const DRAFT_7 = {
  definitions: LATER_PARTS,
  type: SCHEMA_TYPE,
  properties: {
    ...IDENTITY,
    $comment: TEXT,
    ...TITLES,
    readOnly: { type: "boolean" },
    examples: { type: "array" },
    ...OBJECTS_AND_LISTS,
    contentMediaType: TEXT,
    contentEncoding: TEXT,
    ...CONDITION,
    ...COMBINED,
  },
};

const CORE = {
  $id: { type: "string", pattern: "^[^#]*#?$" },
  $schema: TEXT,
  $ref: TEXT,
  $anchor: ANCHOR,
  $comment: TEXT,
};
const UNEVALUATED = { unevaluatedItems: SCHEMA, unevaluatedProperties: SCHEMA };
const VALIDATION = {
  type: TYPES,
  enum: { type: "array" },
  ...NUMBERS,
  ...TEXT_BOUNDS,
  ...LENGTHS,
  maxContains: COUNT,
  minContains: COUNT,
  ...COUNTED,
  required: TEXTS,
  dependentRequired: { type: "object", additionalProperties: TEXTS },
};
const APPLICATORS = {
  contains: SCHEMA,
  additionalProperties: SCHEMA,
  properties: SCHEMA_MAP,
  patternProperties: SCHEMA_MAP,
  dependentSchemas: SCHEMA_MAP,
  propertyNames: SCHEMA,
  ...CONDITION,
  ...COMBINED,
};
const ANNOTATIONS = { ...TITLES, examples: { type: "array" }, format: TEXT };
const LATER = { $defs: SCHEMA_MAP, ...UNEVALUATED, ...VALIDATION, ...ANNOTATIONS };
const OLD = { definitions: SCHEMA_MAP, dependencies: dependenciesOn(TEXTS) };

/** What a schema of a dialect must look like. Draft 3, which the interpreter does not know, is not checked. */
export const METASCHEMAS: Readonly<Record<Dialect, unknown>> = {
  "3": true,
  "4": DRAFT_4,
  "6": DRAFT_6,
  "7": DRAFT_7,
  "2019-09": {
    type: SCHEMA_TYPE,
    properties: {
      ...CORE,
      additionalItems: SCHEMA,
      items: { anyOf: [SCHEMA, SCHEMAS] },
      ...APPLICATORS,
      ...LATER,
      ...OLD,
    },
  },
  "2020-12": {
    type: SCHEMA_TYPE,
    properties: {
      ...CORE,
      $dynamicAnchor: ANCHOR,
      prefixItems: SCHEMAS,
      items: SCHEMA,
      ...APPLICATORS,
      ...LATER,
      ...OLD,
    },
  },
};

const vocabulary = (properties: object, $defs: object = {}) => ({ type: SCHEMA_TYPE, properties, $defs });
const CORE_PARTS = { anchorString: ANCHOR, uriString: TEXT, uriReferenceString: TEXT };
const CONTENT = { contentEncoding: TEXT, contentMediaType: TEXT, contentSchema: SCHEMA };
const META_DATA = { ...TITLES, default: true, deprecated: { type: "boolean" }, examples: { type: "array" } };

const SHARED_VOCABULARIES = {
  validation: vocabulary(VALIDATION, LATER_PARTS),
  "meta-data": vocabulary(META_DATA),
  content: vocabulary(CONTENT),
};
const VOCABULARIES_OF = {
  "2019-09": {
    core: vocabulary({ ...CORE, $defs: SCHEMA_MAP }, CORE_PARTS),
    applicator: vocabulary(
      { ...APPLICATORS, ...UNEVALUATED, additionalItems: SCHEMA, items: { anyOf: [SCHEMA, SCHEMAS] } },
      PARTS,
    ),
    format: vocabulary({ format: TEXT }),
    ...SHARED_VOCABULARIES,
  },
  "2020-12": {
    core: vocabulary({ ...CORE, $dynamicAnchor: ANCHOR, $defs: SCHEMA_MAP }, CORE_PARTS),
    applicator: vocabulary({ ...APPLICATORS, prefixItems: SCHEMAS, items: SCHEMA }, PARTS),
    unevaluated: vocabulary(UNEVALUATED),
    "format-annotation": vocabulary({ format: TEXT }),
    "format-assertion": vocabulary({ format: TEXT }),
    ...SHARED_VOCABULARIES,
  },
};

/** The vocabularies that the newest meta-schemas are made of, by their addresses. */
export const VOCABULARIES: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(VOCABULARIES_OF).flatMap(([dialect, all]) =>
    Object.entries(all).map(([name, schema]) => [`https://json-schema.org/draft/${dialect}/meta/${name}`, schema]),
  ),
);
