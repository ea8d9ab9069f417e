import { expect, test } from "vitest";
import { readFormField } from "../../functions/formats/form-field.ts";

test.each([
  ["payload=%7B%7D", "{}"],
  ["a=b&payload=1+2&payload=3", "1 2"],
  ["payload", ""],
  ["payload=", ""],
  ["p%61yload=1", "1"],
  ["%70%61%79%6c%6f%61%64=1", "1"],
  ["payloads=1&xpayload=2", null],
  ["a=payload", null],
  ["%=1&payload=%", "%"],
  ["&&payload=1", "1"],
  ["", null],
])("of the form %j the payload is %j, as URLSearchParams reads it", (form, payload) => {
  expect(readFormField(form, "payload")).toBe(payload);
  expect(new URLSearchParams(form).get("payload")).toBe(payload);
});

test.each([
  ["12 million fields", "a&".repeat(12_500_000)],
  ["3 million encoded names", "%61%62&a".repeat(3_000_000)],
])("a form of %s is passed through within 3 s", (_, fields) => {
  const started = performance.now();
  expect(readFormField(`${fields}&payload=1`, "payload")).toBe("1");
  expect(performance.now() - started).toBeLessThan(3_000);
});
