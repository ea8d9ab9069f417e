import { expect, test } from "vitest";
import { printedBytes } from "../../functions/json-text/printed-size.ts";

test("a number with an exponent counts as it is printed", () => {
  expect(printedBytes("[1e308]")).toBeGreaterThanOrEqual(311);
});

test("what looks like a number within a text counts as text", () => {
  const json = JSON.stringify({ title: "merge 1, 7e123456, 1e308 and [2e99999]", n: 1e30 });
  expect(printedBytes(json)).toBeLessThan(json.length + 40);
});
