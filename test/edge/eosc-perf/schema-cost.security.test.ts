import { expect, test } from "vitest";
import { type Answer, call, fresh, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, sentBatch, uploadPath } from "../../support/eosc-perf-results.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");

/** How long another caller's signed webhook waits beside four requests, in milliseconds, and what those were answered. */
async function besideFour(attack: () => Promise<Answer>) {
  const running = [attack(), attack(), attack(), attack()];
  const started = performance.now();
  expect((await deliver("workflow_run", workflowRun(freshRepository()))).status).toBe(200);
  const ms = performance.now() - started;
  return { ms, answers: await Promise.all(running) };
}

const submit = (json_schema: object) => () =>
  call("POST", "/benchmarks", { token, json: { docker_image: fresh("i"), docker_tag: "1", url: "u", json_schema } });
const next = { $ref: "#/$defs/d0" };
const doubled = Array.from({ length: 40 }, (_, at) => {
  const to = { $ref: `#/$defs/d${at + 1}` };
  return [`d${at}`, { allOf: [to, to] }];
});
const doubling = { ...next, $defs: { ...Object.fromEntries(doubled), d40: {} } };

test.each([
  ["60,000 required names", { required: Array.from({ length: 60_000 }, (_, at) => `n${at}`) }, "_SCHEMA_MAX_BYTES"],
  ["a pattern of 60,000 brackets", { pattern: "[".repeat(60_000) }, "EOSC_PERF_PATTERN_MAX_LENGTH"],
  ["a pattern of 60,000 open comments", { pattern: "(?#".repeat(60_000) }, "EOSC_PERF_PATTERN_MAX_LENGTH"],
  ["a pattern with look-around", { pattern: "(?=a)" }, "'(?=a)' uses look-around, which is not supported"],
])("a schema with %s is refused at once", async (_, schema, error) => {
  const { ms, answers } = await besideFour(submit(schema));
  for (const { status, json } of answers)
    expect({ status, json }).toMatchObject({
      status: 422,
      json: { errors: { error: expect.stringContaining(error) } },
    });
  expect(ms).toBeLessThan(1_000);
});

test.each([
  ["^(a+)+$", { properties: { a: { pattern: "^(a+)+$" } } }, { a: `${"a".repeat(50)}!` }, "does not match"],
  ["words", { properties: { a: { pattern: "^(\\w+\\s?)*$" } } }, { a: `${"a".repeat(60)}!` }, "does not match"],
  ["references that double", doubling, { a: 1 }, "EOSC_PERF_MAX_CHECK_STEPS"],
  [
    "20,000 objects that must differ",
    { properties: { a: { uniqueItems: true } } },
    { a: [...Array.from({ length: 20_000 }, (_, n) => ({ n })), { n: 0 }] },
    "[{'n': 0}, {'n': 1}",
  ],
])("a result is checked in time: %s", async (_, schema, document, error) => {
  const place = await approvedPlace(token, admin, schema);
  const { ms, answers } = await besideFour(() => call("POST", uploadPath(place), { token, json: document }));
  for (const { status, json } of answers)
    expect({ status, json }).toMatchObject({
      status: 422,
      json: { errors: { error: expect.stringContaining(error) } },
    });
  expect(ms).toBeLessThan(1_000);

  const line = { execution_datetime: "2024-02-29T12:00:00Z", benchmark_id: place.benchmark, flavor_id: place.flavor };
  const { delivery } = await sentBatch(JSON.stringify({ ...line, json: document }), token);
  expect(delivery).toMatchObject({ status: "rejected", reason: expect.stringContaining("line 1: ") });
});
