import { describe, expect, inject, test } from "vitest";
import * as z from "zod";
import { approvedResult } from "../../support/approved-result.ts";
import { call, somebody } from "../../support/eosc-perf.ts";

const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]),
  requestBody: z.unknown().optional(),
});
const Spec = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

const { paths } = Spec.parse(await (await fetch(`${inject("stack").edgeUrl}/eosc-perf/api-spec.json`)).json());
const OPERATIONS = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, item]) => {
    const { data } = Operation.safeParse(item);
    return data === undefined ? [] : [{ ...data, method: method.toUpperCase(), path }];
  }),
);

const VALUES = [
  "",
  " ",
  "\u0000",
  "\ud83d\ude00",
  "-1",
  "0",
  "1e400",
  "99999999999999999999",
  "NaN",
  "null",
  "0001-01-01",
  "9999-12-31",
  "2024-02-30",
  "2024-01-01T00:00:00Z",
  "9999-12-31T23:59:59+14:00",
  "0001-01-01T00:00:00+14:00",
  "00000000-0000-0000-0000-000000000000",
  "+json..",
  `+json.${"a.".repeat(200)}`,
  `a.b == ${"9".repeat(400)}`,
  "a".repeat(4_000),
  "' or 1=1 --",
].map(encodeURIComponent);

const BODIES = [
  "",
  "{",
  "null",
  "[]",
  '"text"',
  "1e400",
  "{}",
  '{"a":"\\u0000"}',
  '{"a":"\\ud800"}',
  '{"\\u0000":1}',
  '{"a":1e400}',
  `{"a":1${"0".repeat(5_000)}}`,
  '{"a":1,"a":2}',
  '{"__proto__":{"a":1}}',
  `${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`,
  `${"[".repeat(3_000)}${"]".repeat(3_000)}`,
  '{"name":"a\\u0000","address":{}}',
  '{"name":[],"message":{},"docker_image":1,"json_schema":"x","tags_ids":{"0":1}}',
  '{"tags_ids":["x",null,1]}',
  '\ufeff{"name":"with a byte order mark"}',
];

const administrator = await somebody("admin");
const { resultId, benchmarkId, flavorId } = await approvedResult();

/** Sends a request, with the id of something that is not there, or of a result that only such a test has. */
async function ask(method: string, path: string, query: string, body?: string): Promise<number> {
  const isSafe = method === "GET" || path.endsWith("/tags");
  const id = path.startsWith("/results") && isSafe ? resultId : crypto.randomUUID();
  const url = path.replace(/\{\w+\}/, id) + query;
  return (await call(method, url, { token: administrator.token, ...(body === undefined ? {} : { body }) })).status;
}

test("there are operations to try", () => expect(OPERATIONS.length).toBe(54));

describe("no value of a parameter is a failure of ours", () => {
  test.each(OPERATIONS)("$operationId", { timeout: 120_000 }, async ({ method, path, parameters }) => {
    const names = [...parameters.filter((one) => one.in === "query").map(({ name }) => name), "unknown", "__proto__"];
    for (const name of names) {
      const queries = VALUES.flatMap((value) => [`?${name}=${value}`, `?${name}[]=${value}&${name}=x`]);
      const statuses = await Promise.all(queries.map((query) => ask(method, path, query)));
      for (const [i, status] of statuses.entries()) expect([queries[i], status < 500]).toEqual([queries[i], true]);
    }
  });
});

describe("no body is a failure of ours", () => {
  const taking = OPERATIONS.filter(({ requestBody }) => requestBody !== undefined);
  test.each(taking)("$operationId", { timeout: 120_000 }, async ({ method, path, parameters }) => {
    const query = requiredQuery(parameters);
    for (const body of BODIES) {
      const status = await ask(method, path, query, body);
      expect([body.slice(0, 60), status < 500]).toEqual([body.slice(0, 60), true]);
    }
  });
});

/** What a new result must say beside its document; nothing for what asks for no such thing. */
function requiredQuery(parameters: readonly { name: string }[]): string {
  if (!parameters.some(({ name }) => name === "execution_datetime")) return "";
  return `?execution_datetime=2024-01-01T00:00:00Z&benchmark_id=${benchmarkId}&flavor_id=${flavorId}`;
}
