import { expect, test } from "vitest";
import { parseYaml } from "../../functions/yaml-text/parse-yaml.ts";

test.each([
  ["a: yes\nb: off", { a: true, b: false }],
  ["a: &x {b: 1}\nc:\n  <<: *x\n  d: 2", { a: { b: 1 }, c: { b: 1, d: 2 } }],
  ["1: one", { "1": "one" }],
  ["", null],
  ["my-batch:\n  inputs:\n  - a.jpg\n", { "my-batch": { inputs: ["a.jpg"] } }],
])("%j is read as PyYAML reads it", (text, value) => expect(parseYaml(text)).toEqual(value));
