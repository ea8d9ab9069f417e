import { pythonRepr as repr } from "./python-repr.ts";

/** What a text is made of, all of it as it was sent: the schema part that speaks, and the value it speaks of. */
export type Said = {
  keyword: string;
  part: Record<string, unknown>;
  value: unknown;
  /** How many elements fit the part's `contains`, and which alternatives of its `oneOf` fit. */
  containing(): number;
  fitting(): number[];
  /** Members or elements that no other keyword has judged and that this one refuses. */
  leftOver(): string[];
  sinceDraft2019: boolean;
};

type Texts = (said: Said) => string[];

const keysOf = (value: unknown) => Object.keys(Object(value));
const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const elements = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const has = (value: unknown, key: string) => Object.hasOwn(Object(value), key);
const extras = (items: readonly unknown[]) =>
  `${items.map(repr).join(", ")} ${items.length === 1 ? "was" : "were"} unexpected`;
const byCodePoint = (texts: readonly string[]) =>
  texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** `{key} is a dependency of {name}` for every name that is there without what it needs. */
const missing = (needs: unknown, value: unknown) =>
  Object.entries(Object(needs)).flatMap(([name, keys]) =>
    has(value, name) && Array.isArray(keys)
      ? keys.filter((key) => !has(value, String(key))).map((key) => `${repr(key)} is a dependency of ${repr(name)}`)
      : [],
  );

const bound =
  (comparison: string, orEqual = ""): Texts =>
  ({ keyword, part, value }) => {
    const exclusive = keyword === "minimum" ? part.exclusiveMinimum : part.exclusiveMaximum;
    const limit = /minimum/i.test(keyword) ? "minimum" : "maximum";
    const words = orEqual !== "" || exclusive === true ? `${comparison} or equal to` : comparison;
    return [`${repr(value)} is ${words} the ${limit} of ${repr(part[keyword])}`];
  };
const tooShort: Texts = ({ value }) => [`${repr(value)} is too short`];
const tooLong: Texts = ({ value }) => [`${repr(value)} is too long`];
const noneFits: Texts = ({ value }) => [`${repr(value)} is not valid under any of the given schemas`];

/** The texts of python-jsonschema 4.20 by keyword (EOSC-Perf contract section 8); none where nothing of it is wrong after all. */
const TEXTS: Readonly<Record<string, Texts>> = {
  false: ({ value }) => [`False schema does not allow ${repr(value)}`],
  type: ({ part, value }) => [`${repr(value)} is not of type ${listed(part.type).map(repr).join(", ")}`],
  required: ({ part, value }) =>
    (Array.isArray(part.required) ? part.required : requiredByDraft3(part))
      .filter((key) => !has(value, String(key)))
      .map((key) => `${repr(key)} is a required property`),
  enum: ({ part, value }) => [`${repr(value)} is not one of ${repr(part.enum)}`],
  const: ({ part }) => [`${repr(part.const)} was expected`],
  minimum: bound("less than"),
  maximum: bound("greater than"),
  exclusiveMinimum: bound("less than", "or equal to"),
  exclusiveMaximum: bound("greater than", "or equal to"),
  multipleOf: ({ part, value }) => [`${repr(value)} is not a multiple of ${repr(part.multipleOf ?? part.divisibleBy)}`],
  minLength: tooShort,
  maxLength: tooLong,
  minItems: tooShort,
  maxItems: tooLong,
  pattern: ({ part, value }) => [`${repr(value)} does not match ${repr(part.pattern)}`],
  uniqueItems: ({ value }) => [`${repr(value)} has non-unique elements`],
  minProperties: ({ value }) => [`${repr(value)} does not have enough properties`],
  maxProperties: ({ value }) => [`${repr(value)} has too many properties`],
  dependentRequired: ({ part, value }) => missing(part.dependentRequired, value),
  dependencies: ({ part, value }) => missing(part.dependencies, value),
  anyOf: noneFits,
  oneOf: (said) => (said.fitting().length === 0 ? noneFits(said) : [severalFit(said)]),
  not: ({ part, value }) => [`${repr(value)} should not be valid under ${repr(part.not)}`],
  contains: ({ value, sinceDraft2019 }) => [
    sinceDraft2019
      ? `${repr(value)} does not contain items matching the given schema`
      : `None of ${repr(value)} are valid under the given schema`,
  ],
  minContains: ({ part, value, containing }) => {
    const found = containing();
    if (found === 0) return [`${repr(value)} does not contain items matching the given schema`];
    const least = repr(part.minContains);
    return [`Too few items match the given schema (expected at least ${least} but only ${found} matched)`];
  },
  maxContains: ({ part }) => [`Too many items match the given schema (expected at most ${repr(part.maxContains)})`],
  items: ({ part, value }) => {
    const prefix = elements(part.prefixItems).length;
    const rest = elements(value).slice(prefix);
    const items = prefix === 1 ? "item" : "items";
    const found = rest.length === 1 ? rest[0] : rest;
    return [`Expected at most ${prefix} ${items} but found ${rest.length} extra: ${repr(found)}`];
  },
  additionalItems: ({ part, value }) => [
    `Additional items are not allowed (${extras(elements(value).slice(elements(part.items).length))})`,
  ],
  additionalProperties: ({ part, leftOver }) => [additional(part, byCodePoint(leftOver()))],
  unevaluatedItems: ({ value, leftOver }) => [
    `Unevaluated items are not allowed (${extras(leftOver().map((at) => elements(value)[Number(at)]))})`,
  ],
  unevaluatedProperties: ({ part, leftOver }) => {
    if (part.unevaluatedProperties === false)
      return [`Unevaluated properties are not allowed (${extras(byCodePoint(leftOver()))})`];
    const invalid = extras(leftOver()).replace(/ unexpected$/, " unevaluated and invalid");
    return [`Unevaluated properties are not valid under the given schema (${invalid})`];
  },
};

/** What is said of one failure: usually one text, several for `required` and the dependencies. */
export const textsOf = (said: Said): string[] => TEXTS[said.keyword]?.(said) ?? [];

function requiredByDraft3({ properties }: Record<string, unknown>): string[] {
  return keysOf(properties).filter((name) => Object(Object(properties)[name]).required === true);
}

function severalFit({ part, value, fitting }: Said): string {
  const [first, ...more] = fitting().map((at) => repr(elements(part.oneOf)[at]));
  return `${repr(value)} is valid under each of ${[...more, first].join(", ")}`;
}

function additional(part: Record<string, unknown>, names: readonly string[]): string {
  if (!("patternProperties" in part)) return `Additional properties are not allowed (${extras(names)})`;
  const patterns = byCodePoint(keysOf(part.patternProperties)).map(repr).join(", ");
  return `${names.map(repr).join(", ")} ${names.length === 1 ? "does" : "do"} not match any of the regexes: ${patterns}`;
}
