import { expect, test } from "vitest";
import { parseYaml, YamlError } from "../../functions/yaml-text/parse-yaml.ts";

const doubling = Array.from(
  { length: 9 },
  (_, at) => `${"bcdefghij"[at]}: &${"bcdefghij"[at]} [${`*${"abcdefghi"[at]},`.repeat(9)}]`,
);

test.each([
  ["aliases of aliases", ["a: &a [l,l,l,l,l,l,l,l,l]", ...doubling].join("\n")],
  ["an alias of itself", "&a [*a]"],
  [
    "merged keys of merged keys",
    Array.from({ length: 200 }, (_, at) => `m${at}: &m${at}\n  <<: ${at ? `*m${at - 1}` : "{}"}\n  k${at}: 1`).join(
      "\n",
    ),
  ],
  ["deep brackets", "[".repeat(5_000)],
  ["deep dashes", "- ".repeat(3_000)],
  ["deep indents", Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["keys that are collections", "? ".repeat(2_000)],
  [
    "many anchors",
    Array.from({ length: 9_000 }, (_, at) => `k${at}: &a${at} 1`)
      .join("\n")
      .slice(0, 120_000),
  ],
  ["many tags", "!!x ".repeat(30_000)],
  ["a long text", "a\n".repeat(100_000)],
  ["a long line", "a: ".repeat(40_000)],
  ["binary data", "a: !!binary aGk="],
  ["an open bracket", "a: [1,\nb: {"],
])("%s is refused in time", (_, text) => {
  const started = performance.now();
  expect(() => parseYaml(text)).toThrow(YamlError);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("a member named __proto__ is one like any other", () => {
  const value = parseYaml("__proto__: {polluted: 1}\nconstructor: 2");
  expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1},"constructor":2}');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
