import { expect, inject, test } from "vitest";

const url = `${inject("stack").edgeUrl}/kernelci/api/issue/extras/`;
const ask = (issues: string) => fetch(url, { method: "POST", body: `{"issues":[${issues}]}` });
const many = (count: number, text: string) => Array(count).fill(text).join(",");

test.each([
  ["400,000 issues that are none", many(400_000, "1")],
  ["10,000 pairs of wrong types", many(10_000, '["x","y"]')],
  ["10,001 issues", many(10_001, '["o:i",1]')],
])("%s are refused in a bounded answer", async (_, issues) => {
  const answer = await ask(issues);
  expect([answer.status, (await answer.text()).length < 1_000_000]).toEqual([400, true]);
});

test("of very many faults 100 are told", async () => {
  const faults: unknown = JSON.parse(String(await (await ask(many(9_000, '["x","y"]'))).json()));
  expect(faults).toHaveLength(100);
});
