import { expect, test } from "vitest";
import { call, fresh, made, pageAt, refused, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, batchOf, sentBatch } from "../../support/eosc-perf-results.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");
const place = await approvedPlace(token, admin, { properties: { n: { type: "number" } } });
const stored = async () => (await pageAt(`/results?benchmark_id=${place.benchmark}`)).total;

/** A good line with something else in it. */
const changed = (change: object) => JSON.stringify({ ...JSON.parse(batchOf(place, 1)[0] ?? ""), ...change });

test("a batch with anything wrong stores nothing, and says what and where", async () => {
  const [good = ""] = batchOf(place, 1);
  const lines = [
    good,
    "{",
    changed({ id: 1 }),
    changed({ json: [] }),
    changed({ execution_datetime: "2024-01-01T00:00" }),
  ];
  const { delivery } = await sentBatch(lines.join("\n"), token);
  expect(delivery).toMatchObject({
    status: "rejected",
    reason:
      'line 2: the body is not JSON; line 3: the line: Unrecognized key: "id"; line 4: json: Invalid input: expected object, received array; line 5: Execution date must include timezone',
  });
  expect(await stored()).toBe(0);
});

test("what lines refer to and whether documents fit is checked as for single uploads", async () => {
  const unknown = crypto.randomUUID();
  const waiting = await made(`/sites/${place.site}/flavors`, { name: fresh("w") }, token);
  const tag = await made("/tags", { name: fresh("t") }, token);
  const lines = [
    changed({ benchmark_id: unknown }),
    changed({ flavor_id: waiting }),
    changed({ tags_ids: [unknown] }),
    changed({ tags_ids: [tag, tag] }),
    changed({ json: { n: "x" } }),
  ];
  const { delivery } = await sentBatch(lines.join("\n"), token);
  expect(delivery.reason?.split("; ")).toEqual([
    `line 1: NoneType ${unknown} not in database`,
    `line 2: Flavor ${waiting} not approved`,
    `line 3: NoneType ${unknown} not in database`,
    "line 4: Integrity error",
    "line 5: 'x' is not of type 'number' at deque(['n'])",
  ]);
  expect(await stored()).toBe(0);
});

test("reasons are bounded, and so are lines", async () => {
  const wrong = await sentBatch(Array.from({ length: 50 }, () => "{}").join("\n"), token);
  expect(wrong.delivery.reason).toMatch(/^line 1: .*; and 30 more$/);
  const many = await sentBatch(Array.from({ length: 10_001 }, () => "{}").join("\n"), token);
  expect(many.delivery.reason).toBe("there are more than 10000 results");
});

test("an empty batch and one that is too large are refused at once", async () => {
  expect(await said("POST", "/results:batch", { token, body: "" })).toEqual(
    refused(422, "Unprocessable Entity", "There are no results"),
  );
  const body = `${" ".repeat(26_214_401)}`;
  expect((await call("POST", "/results:batch", { token, body })).status).toBe(413);
});
