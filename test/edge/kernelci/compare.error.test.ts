import { expect, test } from "vitest";
import { answerOf, ask } from "../../support/kernelci-reads.ts";

const FORMS = ["", "/builds", "/boots", "/tests"];
const at = (form: string) => `/tree/mainline/master/compare${form}`;

test.each(FORMS)("compare%s needs both commits", async (form) => {
  for (const query of ["", "?hash_a=x", "?hash_b=x", "?hash_a=&hash_b=x"]) {
    const answer = await ask(at(form) + query);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "hash_a and hash_b are required" });
  }
});

test.each(FORMS.slice(1))("compare%s refuses filters it cannot read", async (form) => {
  const operator = await ask(`${at(form)}?hash_a=a&hash_b=b&filter_duration_[around]=5`);
  expect(operator.status).toBe(400);
  expect(await operator.json()).toEqual({ error: "Filter with invalid comparison operator `around` found`" });
  const issue = await ask(`${at(form)}?hash_a=a&hash_b=b&filter_test.issue=without-a-version`);
  expect(issue.status).toBe(400);
  expect(await issue.json()).toEqual({ error: expect.any(String) });
});

test.each(FORMS)("compare%s is only read", async (form) => {
  const answer = await ask(at(form), { method: "POST", body: "{}" });
  expect(answer.status).toBe(405);
  expect(await answer.json()).toEqual({ detail: 'Method "POST" not allowed.' });
});

test("unknown commits give empty lists", async () => {
  expect(await answerOf(`${at("/tests")}?hash_a=a&hash_b=b`)).toEqual([]);
  expect(await answerOf(`${at("/builds")}?hash_a=a&hash_b=b`)).toEqual([]);
});
