import { expect, test } from "vitest";
import { urlPath } from "../../../functions/edge/qaboard/http/url-path.ts";
import { readConfigurations } from "../../../functions/edge/qaboard/outputs/configurations.ts";
import { labelFolder } from "../../../functions/files/label-folder.ts";

test.each([
  ["@ada| default", "ada-default"],
  ["opt|iter3", "opt-iter3"],
  ["A very long label which is longer than the limit of 32", "7fb9aeac-ger-than-the-limit-of-32"],
  ["été très long avec des accents et \u{1f600} emoji", "e934c29e-c-des-accents-et-emoji"],
])("the folder of the label %s", (label, folder) => expect(labelFolder(label)).toBe(folder));

test("paths are encoded as Python's quote does it", () => {
  expect(urlPath("/a b/é(1)!~._-/'*'@|:&+")).toBe("/s/a%20b/%C3%A9%281%29%21~._-/%27%2A%27%40%7C%3A%26%2B");
});

test.each([
  ["-", "[]"],
  ['base:{"gain": 2}:night', '["base",{"gain": 2},"night"]'],
  ["x:{broken}", '["x","{broken}"]'],
  ['{"a": {"b": 1.0}}', '[{"a": {"b": 1.0}}]'],
  ['{"a": "x:{y}"}:b', '[{"a": "x:{y}"},"b"]'],
  ["{open:ended", '["{open:ended"]'],
])("the legacy configuration %s", (legacy, list) => expect(readConfigurations(legacy)).toBe(list));
