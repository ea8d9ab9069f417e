import * as fc from "fast-check";
import { expect, test } from "vitest";
import { refuseLargeStructure } from "../../../functions/ingest/read/structure.ts";

/** Values of a JSON value as the limit counts them: containers, and elements or members after the first. */
function countValues(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return 1 + Math.max(0, inner.length - 1) + inner.reduce<number>((sum, one) => sum + countValues(one), 0);
}

const refuses = (text: string, values: number, elementValues?: number) => {
  try {
    refuseLargeStructure(text, elementValues === undefined ? { values } : { values, elementValues });
    return false;
  } catch {
    return true;
  }
};

test("a text is refused exactly from one value above the limit on, whatever its texts hold", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      const values = countValues(value);
      expect([refuses(text, values), refuses(text, values - 1)]).toEqual([false, values > 0]);
    }),
    { numRuns: 500 },
  );
});

test("brackets, commas and quotes inside texts count nothing", () => {
  expect(refuses(JSON.stringify([",[{".repeat(50), '\\",\\'.repeat(50), "\\\\"]), 3)).toBe(false);
});

test("one object's free JSON has a limit of its own, which many small objects do not meet", () => {
  const objects = (misc: number) =>
    JSON.stringify({ builds: Array.from({ length: 20 }, () => ({ misc: Array(misc).fill(1) })) });
  expect(refuses(objects(5), 1_000, 10)).toBe(false);
  expect(refuses(objects(20), 1_000, 10)).toBe(true);
});

test.each([
  ["400,000 tiny objects", `[${'{"a":1},'.repeat(400_000)}{}]`, true],
  ["31 MB of numbers", `[${"1.0,".repeat(7_750_000)}1.0]`, true],
  ["96 MB of empty lists", `[${"[],".repeat(32_000_000)}[]]`, true],
  ["a text of escapes that never ends", `["${"\\".repeat(3_000_000)}`, false],
])("%s", (_, text, isRefused) => {
  expect(refuses(text, 200_000)).toBe(isRefused);
});
