import { expect, test } from "vitest";
import { backoffSeconds } from "../../functions/ingest/outcome.ts";
import { storableJson, textOf } from "../../functions/ingest/parse-body.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

test("invalid UTF-8 is refused, a byte order mark is dropped", () => {
  expect(() => textOf(bytes("\xff{}"))).toThrow("not valid UTF-8");
  expect(textOf(bytes("\xef\xbb\xbf{}"))).toBe("{}");
});

test.each([
  ['{"a": ["\\u0000"]}', "NUL"],
  ['{"a\\u0000": 1}', "NUL"],
  ['{"a": "\\ud800"}', "lone surrogate"],
  ["{", "not JSON"],
])("%s is refused", (text, reason) => {
  expect(() => storableJson(text)).toThrow(reason);
});

test("escapes that only look unstorable pass", () => {
  expect(storableJson('{"a": "\\\\u0000", "b": "\\ud83d\\ude00"}')).toEqual({ a: "\\u0000", b: "😀" });
});

test("nesting is bounded, brackets inside strings are not nesting", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}"\\ud83d\\ude00"${"]".repeat(levels)}`;
  expect(storableJson(nested(500))).toBeInstanceOf(Array);
  expect(() => storableJson(nested(501))).toThrow("deeper than 500 levels");
  expect(() => storableJson(nested(100_000))).toThrow("deeper than 500 levels");
  expect(storableJson(JSON.stringify(["[".repeat(1_000), '\\"{'.repeat(1_000)]))).toHaveLength(2);
});

test("waits grow fourfold up to a quarter of an hour", () => {
  expect([1, 2, 3, 4, 5, 6, 8].map((receives) => backoffSeconds(receives, 5))).toEqual([5, 20, 80, 320, 900, 900, 900]);
});
