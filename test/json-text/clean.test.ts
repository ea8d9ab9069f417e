import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isGithubName } from "../../functions/ingest/github/names.ts";
import { isKernelciName } from "../../functions/ingest/kernelci/names.ts";
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
  [`[${"9".repeat(250)}e99]`, "/0: a number is beyond what a double can hold (1.8e308)"],
  [`{"a":\t-${"2".repeat(210)}.5E+99}`, "/a: a number is beyond what a double can hold (1.8e308)"],
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

test("no number that leaves the range of a double or 1,000 characters passes, however it is written", () => {
  const digits = (max: number) => fc.tuple(fc.constantFrom("0", "1", "9"), fc.nat(max)).map(([d, n]) => d.repeat(n));
  const number = fc
    .tuple(fc.constantFrom("", "-"), digits(400), digits(400), fc.constantFrom("", "e", "E+", "e-"), digits(4))
    .map(([sign, whole, part, e, power]) => {
      const start = `${sign}${whole === "" || whole.startsWith("0") ? "0" : whole}${part === "" ? "" : `.${part}`}`;
      return e === "" || power === "" ? start : start + e + power;
    });
  const around = fc.constantFrom(["", ""], ["[", "]"], ['{"a":\n', "}"], ["[1,\t", ",2]"]);
  fc.assert(
    fc.property(number, around, (written, [before = "", after = ""]) => {
      const isOdd = !Number.isFinite(Number(written)) || written.length > 1_000;
      expect(fault(before + written + after) !== undefined).toBe(isOdd);
      if (!isOdd && Number(written) === 0 && /[1-9]/.test(written.split(/e/i, 1)[0] ?? ""))
        expect(cleanJson(before + written + after).text).toBe(`${before}0.0${after}`);
    }),
    { numRuns: 3_000 },
  );
});

test("one of many zeros and a short exponent is too small as well", () => {
  expect(cleanJson(`[0.${"0".repeat(250)}1e-99, 1]`).text).toBe("[0.0, 1]");
});

test("NUL and lone surrogates of free text become U+FFFD, in names of members too, and are counted", () => {
  const text = '{"a": "x\\u0000y\\ud83d", "k\\uDC00": "\\udc00\\ud800", "pair": "\\ud83d\\ude00", "no": "\\\\u0000"}';
  expect(cleanJson(text, anywhere)).toEqual({
    text: '{"a": "x\ufffdy\ufffd", "k\ufffd": "\ufffd\ufffd", "pair": "\\ud83d\\ude00", "no": "\\\\u0000"}',
    replaced: 5,
  });
});

test("in a name they are refused with their place", () => {
  const isName: IsName = (place) => place.pointer() === "/jobs/1/name";
  expect(fault('{"jobs": [{"name": "a"}, {"name": "b\\u0000"}]}', isName)).toBe(
    "/jobs/1/name: a text contains the NUL character, which cannot be stored",
  );
  expect(fault('{"jobs": [{}, {"name": "b\\ud83d"}]}', isName)).toBe(
    "/jobs/1/name: a text contains a lone surrogate, which cannot be stored",
  );
});

test("of a place of many steps, the first 500 are told", () => {
  expect(fault(`${"[".repeat(600)}1e999${"]".repeat(600)}`)).toMatch(/^(\/0){500}: a number/);
});

const ODD = Array(40_000).fill('"\\u0000"').join(",");
test.each([
  ["below a name of 400 kB", `{"builds":[{"misc":{"${"k".repeat(400_000)}":[${ODD}]}}]}`, 40_000],
  ["400 levels deep", `{"builds":[{"misc":${'{"aaaaaaaaaaaa":'.repeat(400)}[${ODD}]${"}".repeat(400)}}]}`, 40_000],
  ["beside numbers of 199 characters", `[${Array(20_000).fill("1".repeat(199)).join(",")},"\\u0000"]`, 1],
])("odd texts %s cost no more than one look each", (_, text, replaced) => {
  for (const isName of text.startsWith("{") ? [isKernelciName, isGithubName] : [isGithubName]) {
    const began = performance.now();
    expect(cleanJson(text, isName).replaced).toBe(replaced);
    expect(performance.now() - began).toBeLessThan(1_000);
  }
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

test.each([
  ["/head_commit/message", false],
  ["/head_commit/author/name", false],
  ["/workflow_job/steps/0/name", false],
  ["/workflow_job/name", true],
  ["/repository/full_name", true],
  ["/commits/0/id", true],
])("whether GitHub's %s is a name: %s", (pointer, name) => {
  expect(isRefused(pointer, isGithubName)).toBe(name);
});

test.each([
  ["/builds/0/id", true],
  ["/builds/0/comment", false],
  ["/builds/0/misc/a/lab", false],
  ["/builds/0/misc/lab", true],
  ["/builds/0/unknown", true],
  ["/tests/0/path", true],
  ["/tests/0/environment/comment", false],
  ["/tests/0/environment/compatible/0", true],
  ["/tests/0/environment/misc/platform", true],
  ["/tests/0/environment/misc/serial", false],
])("whether KernelCI's %s is a name: %s", (pointer, name) => {
  expect(isRefused(pointer, isKernelciName)).toBe(name);
});

/** Whether NUL at a place is refused; numbers of the pointer are elements of lists. */
function isRefused(pointer: string, isName: IsName): boolean {
  const steps = pointer.slice(1).split("/").reverse();
  const inner = steps.reduce((text, step) => (step === "0" ? `[${text}]` : `{"${step}":${text}}`), '"\\u0000"');
  return fault(inner, isName) !== undefined;
}
