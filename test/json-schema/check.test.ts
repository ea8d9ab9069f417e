import { describe, expect, it } from "vitest";
import { checkDocument, checkSchema } from "../support/json-schema.ts";
import answers from "./answers-of-python-jsonschema.json" with { type: "json" };

const schema = (part: object) => JSON.stringify(part);

describe("a document that does not fit", () => {
  it.each(answers.documents)("is refused as python-jsonschema 4.20 refuses it: $schema / $document", (recorded) => {
    expect(checkDocument(recorded.document, recorded.schema) ?? null).toEqual(recorded.answer);
  });

  it("is shown with the numbers it was sent with", () => {
    const refusal = checkDocument(
      '{"a": [1.0, 12345678901234567890, 1e400]}',
      schema({ properties: { a: { maxItems: 1 } } }),
    );
    expect(refusal).toEqual({ error: "[1.0, 12345678901234567890, inf] is too long", path: "deque(['a'])" });
  });

  it("follows a reference to itself as deep as the document goes", () => {
    const tree = schema({ properties: { next: { $ref: "#" }, n: { type: "integer" } } });
    expect(checkDocument('{"next": {"next": {"n": "x"}}}', tree)).toEqual({
      error: "'x' is not of type 'integer'",
      path: "deque(['next', 'next', 'n'])",
    });
  });

  it.each([201, 60_000])("may be nested deeper than is looked at: %i levels", (depth) => {
    const refusal = checkDocument(
      `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
      schema({ additionalProperties: { $ref: "#" } }),
    );
    expect(refusal?.error).toBe("The document is nested more than 200 levels deep (EOSC_PERF_MAX_DEPTH)");
  });

  it("is followed down to the deepest level that is looked at", () => {
    const document = `${'{"a":'.repeat(200)}1${"}".repeat(200)}`;
    const refusal = checkDocument(document, schema({ additionalProperties: { $ref: "#" }, type: "object" }));
    expect(refusal?.error).toBe("1 is not of type 'object'");
  });

  it("is not confused by names that mean something to the language", () => {
    expect(checkDocument('{"__proto__": 1, "constructor": 2}', schema({ required: ["toString"] }))?.error).toBe(
      "'toString' is a required property",
    );
  });
});

describe("patterns in Python's notation", () => {
  it.each([
    ["(?P<year>\\d{4})-(?P<month>\\d\\d)", "2024-12", "2024-x2"],
    ["\\Aab\\Z", "ab", "xab"],
    ["^[\\w\\-]+\\@x$", "é-a@x", "a b@x"],
    ["^{a}$", "{a}", "a"],
    ["(?i)^amd|intel", "Intel", "arm"],
    ["^(?i:amd) Epyc$", "AMD Epyc", "AMD EPYC"],
    ["^x$", "x\n", "x\n\n"],
    ["(?m)^b$", "a\nb\nc", "a b"],
    ["^a.b$", "a\u2028b", "a\nb"],
    ["^(?s:a.b)$", "a\nb", "ab"],
    ["^a{,2}$", "aa", "aaa"],
    ["^x{}[]{]$", "x{}]", "x{}"],
    ["^[^\\W\\d]+$", "é", "e1"],
    ["^[\\S ]+$", "a b", "a\tb"],
    ["\\bé", "x é", "xé"],
    ["^\\w+$", "٣", "e\u0301"],
    ["^\\07(?# bell)\\a$", "\u0007\u0007", "7a"],
  ])("%s", (pattern, fits, fails) => {
    const text = schema({ pattern });
    expect(checkDocument(JSON.stringify(fits), text)).toBeUndefined();
    expect(checkDocument(JSON.stringify(fails), text)?.error).toContain("does not match");
  });
});

describe("no patterns in Python's notation", () => {
  it.each(["(", "[z-a]", "\\p{L}", "(?<name>x)", "\\e", "a(?i)b", "a**", "[\\A]"])("%s", (pattern) => {
    const text = schema({ pattern });
    const error = `${JSON.stringify(pattern).replaceAll('"', "'")} is not a 'regex'`;
    expect(checkSchema(text)).toEqual({ error, path: "deque(['pattern'])" });
    expect(checkDocument('""', text)?.error).toBe(`The schema can't be applied: ${error}`);
  });
});

describe("a schema that can't be applied", () => {
  it("names the part that its own dialect does not allow", () => {
    const old = { items: [{ type: "string" }] };
    expect(checkDocument("[1]", schema(old))?.error).toContain("The schema can't be applied: [{'type': 'string'}]");
    expect(checkDocument("[1]", schema({ $schema: "http://json-schema.org/draft-07/schema#", ...old }))).toEqual({
      error: "1 is not of type 'string'",
      path: "deque([0])",
    });
  });

  it("may refer to what is not there", () => {
    expect(checkDocument("1", schema({ $ref: "https://example.org/other.json" }))?.error).toContain("can't be applied");
  });
});

describe("a schema", () => {
  it.each(answers.schemas)("is checked as python-jsonschema 4.20 checks draft 7: $schema", (recorded) => {
    expect(checkSchema(recorded.schema) ?? null).toEqual(recorded.answer);
  });
});

describe("references to published meta-schemas", () => {
  const draft7 = "http://json-schema.org/draft-07/schema#";

  it("lead into the meta-schema, whose own references stay within it", () => {
    const nested = schema({ properties: { x: { $ref: draft7 } } });
    expect(checkDocument('{"x": {"properties": {"a": {"type": "integer"}}}}', nested)).toBeUndefined();
    expect(checkDocument('{"x": {"properties": {"a": {"type": "x"}}}}', nested)).toEqual({
      error: "'x' is not valid under any of the given schemas",
      path: "deque(['x', 'properties', 'a', 'type'])",
    });
  });

  it.each([
    [`${draft7}/definitions/nonNegativeInteger`, "-1"],
    ["http://json-schema.org/draft-04/schema#/definitions/positiveInteger", "-1"],
    ["http://json-schema.org/draft-06/schema#/definitions/simpleTypes", '"x"'],
    ["https://json-schema.org/draft/2020-12/meta/validation", '{"minLength": -1}'],
    ["https://json-schema.org/draft/2020-12/meta/applicator", '{"not": 5}'],
    ["https://json-schema.org/draft/2019-09/meta/core#/$defs/anchorString", '"1"'],
  ])("%s is known", (reference, document) => {
    expect(checkDocument("true", schema({ not: { $ref: reference } }))?.error ?? "").not.toContain("Unresolvable");
    const refusal = checkDocument(document, schema({ $ref: reference }));
    expect(refusal?.error).toBeDefined();
    expect(refusal?.error).not.toContain("can't be applied");
  });

  it.each([
    "https://example.org/schema.json",
    "https://json-schema.org/draft/2020-12/meta/other",
    "file:///etc/passwd",
  ])("to %s, which is remote, are refused by their own address", (reference) => {
    const error = `The schema can't be applied: Unresolvable: ${reference}`;
    expect(checkDocument("1", schema({ $ref: reference }))?.error).toBe(error);
  });
});

describe("numbers beyond 2^53", () => {
  it.each([
    ['{"maximum": 9007199254740992}', "9007199254740993"],
    ['{"minimum": 9007199254740993}', "9007199254740992"],
    ['{"exclusiveMaximum": 18446744073709551616}', "18446744073709551616"],
    ['{"maximum": 9007199254740992.0}', "9007199254740993"],
    ['{"enum": [9007199254740992]}', "9007199254740993"],
  ])("%s refuses %s", (bounds, document) => expect(checkDocument(document, bounds)?.error).toContain(document));

  it.each([
    ['{"exclusiveMaximum": 18446744073709551616}', "18446744073709551615"],
    ['{"enum": [1e22]}', "10000000000000000000000"],
    ['{"const": 10000000000000000000000}', "1e22"],
  ])("%s takes %s", (bounds, document) => expect(checkDocument(document, bounds)).toBeUndefined());
});
