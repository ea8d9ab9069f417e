import { describe, expect, it } from "vitest";
import { checkDocument, checkSchema } from "../support/json-schema.ts";

const text = JSON.stringify;
const MAX_MS = 1_500;

/** What is said, once it was said in time. */
function inTime(check: () => { error: string } | undefined): string | undefined {
  const before = process.cpuUsage();
  const refusal = check();
  // Time of this process's own, whatever else the machine does.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(MAX_MS);
  return refusal?.error;
}

/** References that lead to twice as many, 60 times. */
function doubling(keyword: "allOf" | "anyOf", last: object): object {
  const parts = Array.from({ length: 60 }, (_, at) => {
    const next = { $ref: `#/$defs/d${at + 1}` };
    return [`d${at}`, { [keyword]: [next, next] }];
  });
  return { $ref: "#/$defs/d0", $defs: { ...Object.fromEntries(parts), d60: last } };
}
const counted = <T>(length: number, make: (at: number) => T) => Array.from({ length }, (_, at) => make(at));
const steps = "The check takes more than 2000000 steps (EOSC_PERF_MAX_CHECK_STEPS)";
const cray = { type: "object", required: ["time"], properties: { time: { type: "number" } } };

describe("a schema that is submitted ends in time, refused when it is too large:", () => {
  it.each([
    ["60,000 required names", { required: counted(60_000, (at) => `n${at}`) }, "EOSC_PERF_SCHEMA_MAX_BYTES"],
    ["100,000 characters of three bytes", { const: "€".repeat(100_000) }, "EOSC_PERF_SCHEMA_MAX_BYTES"],
    ["25,000 values", { enum: counted(25_000, () => 1) }, "EOSC_PERF_SCHEMA_MAX_VALUES"],
    ["12,000 properties", { properties: Object.fromEntries(counted(12_000, (at) => [at, true])) }, "_MAX_NAMES"],
    ["1,001 patterns", { allOf: counted(1_001, () => ({ pattern: "a" })) }, "EOSC_PERF_SCHEMA_MAX_PATTERNS"],
    ["60,000 brackets", { pattern: "[".repeat(60_000) }, "EOSC_PERF_PATTERN_MAX_LENGTH"],
    ["60,000 open comments", { pattern: "(?#".repeat(60_000) }, "EOSC_PERF_PATTERN_MAX_LENGTH"],
    ["1,000 open groups", { pattern: "(".repeat(1_000) }, "more than 100 levels of groups"],
    ["repetitions within repetitions", { pattern: "((a{100}){100}){100}" }, "EOSC_PERF_PATTERN_MAX_SIZE"],
    ["expensive patterns", { allOf: counted(500, () => ({ pattern: "(?i)[\\w]{900}" })) }, steps],
  ])("%s", (_, schema, error) => expect(inTime(() => checkSchema(text(schema)))).toContain(error));

  it("too deep a nesting", () => {
    const schema = `${'{"not":'.repeat(101)}{}${"}".repeat(101)}`;
    expect(inTime(() => checkSchema(schema))).toContain("EOSC_PERF_SCHEMA_MAX_DEPTH");
  });

  it("10,000 required names are taken", () =>
    expect(inTime(() => checkSchema(text({ required: counted(10_000, (at) => `n${at}`) })))).toBeUndefined());
});

describe("a document is checked in time:", () => {
  it.each([
    ["^(a+)+$", `${"a".repeat(50)}!`],
    ["^(\\w+\\s?)*$", `${"a".repeat(60)}!`],
    ["^(?:a|a)*\\b$", `${"a".repeat(900)}!`],
  ])("%s", (pattern, document) =>
    expect(inTime(() => checkDocument(text(document), text({ pattern })))).toContain("does not match"),
  );

  it.each([
    ["references that double", doubling("allOf", {})],
    ["alternatives that double", doubling("anyOf", { type: "string" })],
    ["a long text and many bounds", { additionalProperties: { allOf: counted(5_000, () => ({ minLength: 1 })) } }],
    ["a long text and a large pattern", { additionalProperties: { pattern: "^(?:(?:a|b)*a(?:a|b){20})*[cd]$" } }],
  ])("%s", (_, schema) =>
    expect(inTime(() => checkDocument(text({ a: "a".repeat(1_000_000) }), text(schema)))).toBe(steps),
  );

  it("20,000 objects that must differ", () => {
    const objects = counted(20_000, (n) => ({ n }));
    expect(inTime(() => checkDocument(text(objects), text({ uniqueItems: true })))).toBeUndefined();
  });

  it("a reference to itself", () =>
    expect(inTime(() => checkDocument("1", text({ $ref: "#" })))).toContain("parts lead to one another"));

  it("too many values", () =>
    expect(inTime(() => checkDocument(text(counted(100_001, () => 1)), text(cray)))).toContain("EOSC_PERF_MAX_VALUES"));

  it("an error shows no more than its limit of a long value", () => {
    const error = inTime(() => checkDocument(text("a".repeat(5_000_000)), text({ type: "number" })));
    expect(error).toBe(`'${"a".repeat(9_999)}…`);
  });

  it("the checks of a batch share their steps", () => {
    const batch = { left: 3_000_000 };
    const check = () => checkDocument("1", text(doubling("allOf", {})), {}, batch);
    expect(inTime(check)).toBe(steps);
    for (let turn = 0; turn < 2; turn += 1)
      expect(inTime(check)).toContain(
        "All checks of the batch take more than 100000000 steps (EOSC_PERF_MAX_BATCH_STEPS)",
      );
  });
});

describe("a pattern that takes more than linear time is refused with its reason:", () => {
  it.each([
    ["(?=a)", "look-around"],
    ["(?<!a)b", "look-around"],
    ["(a)\\1", "back-references"],
    ["(?P<n>a)(?P=n)", "back-references"],
    ["(a)?(?(1)b)", "conditional groups"],
    ["(?>a)", "atomic groups"],
    ["a*+", "possessive quantifiers"],
    ["(?x)a", "the flag x"],
  ])("%s", (pattern, feature) => {
    const error = `'${pattern.replaceAll("\\", "\\\\")}' uses ${feature}, which is not supported`;
    const schema = text({ properties: { a: { pattern } } });
    expect(checkSchema(schema)).toEqual({ error, path: "deque(['properties', 'a', 'pattern'])" });
    expect(checkDocument("{}", schema)?.error).toBe(`The schema can't be applied: ${error}`);
  });
});

describe("numbers are compared without loss:", () => {
  it.each([
    ["9007199254740993", '{"maximum": 9007199254740992}', "greater than the maximum"],
    ["9007199254740992.0", '{"exclusiveMaximum": 9007199254740993}', undefined],
    ["[9007199254740993, 9007199254740992]", '{"uniqueItems": true}', undefined],
    ["[1, 1.0]", '{"uniqueItems": true}', "non-unique"],
    ["[[1], [true]]", '{"uniqueItems": true}', undefined],
    ['[{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]', '{"uniqueItems": true}', "non-unique"],
  ])("%s by %s", (document, schema, error) => {
    const refusal = checkDocument(document, schema);
    if (error === undefined) expect(refusal).toBeUndefined();
    else expect(refusal?.error).toContain(error);
  });
});
