import { describe, expect, test } from "vitest";
import { call, fresh, invalid, made, pageAt, refused, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploaded, uploadPath } from "../../support/eosc-perf-results.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");
const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
const place = await approvedPlace(token, admin, schema);
const unknown = crypto.randomUUID();
const json = { n: 1 };

test("an upload is refused for the first thing that is wrong, and leaves nothing behind", async () => {
  const waiting = await made(
    "/benchmarks",
    { docker_image: fresh("test/w"), docker_tag: "v", url: "u", json_schema: {} },
    token,
  );
  const waitingFlavor = await made(`/sites/${place.site}/flavors`, { name: fresh("w") }, token);
  const tag = await made("/tags", { name: fresh("t") }, token);
  const absent = refused(404, "Not Found", `NoneType ${unknown} not in database`);
  const unprocessable = (error: string) => refused(422, "Unprocessable Entity", error);
  const upload = (change: Record<string, string>, more = "", document: unknown = json) =>
    said("POST", uploadPath(place, change) + more, { token, json: document });
  expect(await upload({ site_id: place.site, execution_datetime: "x" })).toEqual(
    invalid("query", { site_id: ["Unknown field."], execution_datetime: ["Not a valid datetime."] }),
  );
  expect(await upload({ benchmark_id: unknown }, "", [])).toEqual(
    invalid("json", { _schema: ["Invalid input type."] }),
  );
  expect(await upload({ execution_datetime: "2024-01-01T00:00:00", benchmark_id: unknown })).toEqual(
    unprocessable("Execution date must include timezone"),
  );
  const soon = new Date(Date.now() + 60_000).toISOString();
  expect(await upload({ execution_datetime: soon, benchmark_id: unknown })).toEqual(
    unprocessable("Execution date cannot be in future"),
  );
  expect(await upload({ benchmark_id: unknown, flavor_id: unknown })).toEqual(absent);
  expect(await upload({ benchmark_id: waiting, flavor_id: unknown })).toEqual(
    unprocessable(`Benchmark ${waiting} not approved`),
  );
  expect(await upload({ flavor_id: unknown })).toEqual(absent);
  expect(await upload({ flavor_id: waitingFlavor })).toEqual(unprocessable(`Flavor ${waitingFlavor} not approved`));
  expect(await upload({}, `&tags_ids=${tag}&tags_ids=${unknown}`, { n: "x" })).toEqual(absent);
  expect(await upload({}, `&tags_ids=${tag}&tags_ids=${tag}`, { n: "x" })).toEqual([
    422,
    {
      code: 422,
      errors: { error: "'x' is not of type 'number'", path: "deque(['n'])" },
      status: "Unprocessable Entity",
    },
  ]);
  expect(await upload({}, `&tags_ids=${tag}&tags_ids=${tag}`)).toEqual(refused(409, "Conflict", "Integrity error"));
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(0);
});

test.each([
  "2024-02-30T00:00:00Z",
  "2024-01-01T24:00:00Z",
  "2024-01-01",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+01:00",
  "2024-01-01T00:00:00+24:00",
  "2024-01-01T00:00:00.Z",
])("%s is no moment", async (execution_datetime) => {
  expect(await said("POST", uploadPath(place, { execution_datetime }), { token, json })).toEqual(
    invalid("query", { execution_datetime: ["Not a valid datetime."] }),
  );
});

test.each([
  ["a NUL in a text", '{"n": 1, "t": "\\u0000"}'],
  ["half a character", '{"n": 1, "t": "\\ud800"}'],
  ["a number beyond PostgreSQL's", '{"n": 1e300000}'],
  ["deep nesting", `{"n": 1, "d": ${"[".repeat(8_000)}${"]".repeat(8_000)}}`],
])("%s is refused, never stored", async (_, body) => {
  const { status } = await call("POST", uploadPath(place), { token, body });
  expect([400, 422]).toContain(status);
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(0);
});

test.each([
  [
    "[1e131071 × 100]",
    `{"n": 1, "d": [${Array(100).fill("1e131071").join(",")}]}`,
    "/d/0",
    "a number is beyond what a double can hold (1.8e308)",
  ],
  ["a number at the top", '{"n": -1e400}', "/n", "a number is beyond what a double can hold (1.8e308)"],
  ["too many digits", `{"n": 1, "d": {"e": 0.${"3".repeat(1_200)}}}`, "/d/e", "a number has more than 1000 characters"],
])("%s is refused with its place", async (_, body, pointer, reason) => {
  expect(await said("POST", uploadPath(place), { token, body })).toEqual(invalid("json", { [pointer]: [reason] }));
});

test("a number too small for a double is stored as 0.0", async () => {
  const { status, text } = await call("POST", uploadPath(place), { token, body: '{"n": 1, "tiny": 1e-16000}' });
  expect(status).toBe(201);
  expect(text).toMatch(/"tiny": ?0\.0[,}]/);
  await call("DELETE", `/results/${JSON.parse(text).id}`, { token: admin });
});

describe("filters", () => {
  const HINT = { hint: "Probably missing spaces (%20)", example: "filters=machine.cpu.count%20%3E%205" };
  const filtered = (filter: string) => said("GET", `/results?filters=${encodeURIComponent(filter)}&sort_by=bad`);
  test.each([
    ["", "not enough values to unpack (expected 3, got 1)"],
    ["a>5", "not enough values to unpack (expected 3, got 1)"],
    ["a >5", "not enough values to unpack (expected 3, got 2)"],
    ["a > 5 6", "too many values to unpack (expected 3)"],
    ["a  > 5", "too many values to unpack (expected 3)"],
  ])("%j does not have three parts", async (filter, reason) => {
    expect(await filtered(filter)).toEqual([
      422,
      { code: 422, errors: { filter, reason: [reason], ...HINT }, status: "Unprocessable Entity" },
    ]);
  });
  test("one of more than 10,000 characters is refused", async () => {
    expect(await filtered(`a == ${"1".repeat(30_000)}x`)).toEqual(
      invalid("query", { filters: { 0: ["Longer than maximum length 10000."] } }),
    );
  });
  test("an unknown operator is told, of several filters the first", async () => {
    expect(await said("GET", "/results?filters=a%20~%205&filters=x")).toEqual([
      422,
      {
        code: 422,
        message: {
          filter: "a ~ 5",
          reason: ["Unknown filter operator: '~'"],
          hint: "Use only one of ['==', '>', '<', '>=', '<=']",
          example: HINT.example,
        },
        status: "Unprocessable Entity",
      },
    ]);
  });
});

test("orders by what is no field, and too many of all kinds, are refused", async () => {
  for (const field of ["tags", "benchmark", "uploader", "constructor", "__proto__", "jsonb"])
    expect(await said("GET", `/results?sort_by=%2B${field}`)).toMatchObject([
      422,
      { message: { KeyError: `Unexpected field '${field}'` } },
    ]);
  const many = (one: string) => Array.from({ length: 40 }, (_, i) => `${one}${i}`);
  const sorts = many("%2Bjson.a").join(",");
  for (const query of [many("filters=a%20%3E%20").join("&"), `sort_by=${sorts}`])
    expect((await call("GET", `/results?${query}`)).status).toBe(422);
  expect((await call("GET", `/results:search?${many("terms=a").join("&")}`)).status).toBe(422);
});

test("tags that are not there, or named twice, change nothing", async () => {
  const tag = await made("/tags", { name: fresh("t") }, token);
  const here = await approvedPlace(token, admin);
  const id = await uploaded(here, {}, token, [tag]);
  const put = (tags_ids: unknown) => said("PUT", `/results/${id}/tags`, { token, json: { tags_ids } });
  expect(await put([unknown])).toEqual(refused(404, "Not Found", `NoneType ${unknown} not in database`));
  expect(await put([tag, tag])).toEqual(refused(409, "Conflict", `Conflict updating ${id}`));
  expect(await put("x")).toEqual(invalid("json", { tags_ids: ["Not a valid list."] }));
  expect(await put(["x"])).toEqual(invalid("json", { tags_ids: { 0: ["Not a valid UUID."] } }));
  expect(Object((await call("GET", `/results/${id}`)).json).tags).toMatchObject([{ id: tag }]);
});

test("an unknown result is not found, whatever is asked of it", async () => {
  const missing = refused(404, "Not Found", `Result ${unknown} not found in the database`);
  expect(await said("GET", `/results/${unknown.toUpperCase()}`)).toEqual(missing);
  expect(await said("DELETE", `/results/${unknown}`, { token: admin })).toEqual(missing);
  expect(await said("PUT", `/results/${unknown}/tags`, { token, json: {} })).toEqual(missing);
  expect(await said("POST", `/results/${unknown}:claim`, { token, json: { message: "m" } })).toEqual(missing);
  expect(await said("GET", `/results/${unknown}/claims`, { token })).toEqual(missing);
  expect(await said("GET", `/results/${unknown}/uploader`, { token: admin })).toEqual(missing);
});
