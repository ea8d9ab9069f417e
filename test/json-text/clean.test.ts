import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanJson, type IsName, UnstorableValue } from "../../functions/json-text/clean.ts";

const anywhere = () => false;
const nowhere = () => true;

function fault(text: string, isName: IsName = anywhere): string | undefined {
  try {
    cleanJson(text, isName);
    return undefined;
  } catch (error) {
    if (error instanceof UnstorableValue) return error.message;
    throw error;
  }
}

test.each([
  ['{"a": [1, {"b~/": 1e400}]}', "/a/1/b~0~1: a number is beyond what a double can hold (1.8e308)"],
  [`[-${"9".repeat(310)}]`, "/0: a number is beyond what a double can hold (1.8e308)"],
  ['{"misc": {"n": 1e131071}}', "/misc/n: a number is beyond what a double can hold (1.8e308)"],
  [`[0.${"1".repeat(1_000)}]`, "/0: a number has more than 1000 characters"],
  ["1E+999", "the body: a number is beyond what a double can hold (1.8e308)"],
])("%s is refused with its place", (text, message) => {
  expect(fault(text)).toBe(message);
});

test("the largest doubles and long texts of digits pass as they are", () => {
  const text = `[1.7976931348623157e308, -1e308, ${"9".repeat(300)}, "${"1".repeat(2_000)}", "1e999", true, false, null]`;
  expect(cleanJson(text, nowhere)).toEqual({ text, replaced: 0 });
});

test("a number too small for a double is stored as 0.0", () => {
  expect(cleanJson('{"a": 1e-400, "b": [-1.5E-999, 0e-500, 1e-300]}', nowhere).text).toBe(
    '{"a": 0.0, "b": [0.0, 0e-500, 1e-300]}',
  );
});

test("NUL and lone surrogates of free text become U+FFFD, in names of members too, and are counted", () => {
  const text = '{"a": "x\\u0000y\\ud83d", "k\\uDC00": "\\udc00\\ud800", "pair": "\\ud83d\\ude00", "no": "\\\\u0000"}';
  expect(cleanJson(text, anywhere)).toEqual({
    text: '{"a": "x\ufffdy\ufffd", "k\ufffd": "\ufffd\ufffd", "pair": "\\ud83d\\ude00", "no": "\\\\u0000"}',
    replaced: 5,
  });
});

test("in a name they are refused with their place", () => {
  const isName = (pointer: string) => pointer === "/jobs/1/name";
  expect(fault('{"jobs": [{"name": "a"}, {"name": "b\\u0000"}]}', isName)).toBe(
    "/jobs/1/name: a text contains the NUL character, which cannot be stored",
  );
  expect(fault('{"jobs": [{}, {"name": "b\\ud83d"}]}', isName)).toBe(
    "/jobs/1/name: a text contains a lone surrogate, which cannot be stored",
  );
});

test("whatever a text holds, what comes out parses to the same value with well-formed texts", () => {
  const odd = fc.string({ unit: "binary" }).map((text) => text.replaceAll("x", "\0").replaceAll("y", "\ud800"));
  fc.assert(
    fc.property(
      fc.object({ key: odd, values: [odd, fc.double({ noNaN: true, noDefaultInfinity: true })] }),
      (value) => {
        const { text } = cleanJson(JSON.stringify(value), anywhere);
        const mended = JSON.stringify(value, (_, one: unknown) => (typeof one === "string" ? well(one) : one));
        const keysMended = JSON.stringify(JSON.parse(mended), (_, one: unknown) =>
          typeof one === "object" && one !== null && !Array.isArray(one)
            ? Object.fromEntries(Object.entries(one).map(([key, inner]) => [well(key), inner]))
            : one,
        );
        expect(JSON.parse(text)).toEqual(JSON.parse(keysMended));
      },
    ),
    { numRuns: 500 },
  );
});

const well = (text: string) => text.toWellFormed().replaceAll("\0", "\ufffd");
