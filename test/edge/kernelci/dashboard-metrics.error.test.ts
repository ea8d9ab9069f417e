import { expect, test } from "vitest";
import { ask } from "../../support/kernelci-reads.ts";

test.each(["start_days_ago=-1", "end_days_ago=-1", "start_days_ago=x", "end_days_ago=1.5", "start_days_ago="])(
  "%s is a 400 that names the parameter",
  async (query) => {
    const answer = await ask(`/metrics/?${query}`);
    expect(answer.status).toBe(400);
    const [fault] = JSON.parse(await answer.json());
    expect(query).toContain(fault.loc[0]);
  },
);

test.each(["start_days_ago=3&end_days_ago=3", "start_days_ago=0", "start_days_ago=5000000&end_days_ago=6000000"])(
  "%s is no interval",
  async (query) => {
    const answer = await ask(`/metrics/?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: "start_days_ago must be greater than end_days_ago to define a valid interval",
    });
  },
);

test("without its slash the address is redirected, with the query", async () => {
  const answer = await ask("/metrics?start_days_ago=2");
  expect([answer.status, answer.headers.get("location")]).toEqual([
    301,
    expect.stringContaining("/metrics/?start_days_ago=2"),
  ]);
});
