import { expect, test } from "vitest";
import { call, fresh, invalid, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const many = (count: number, text: (n: number) => string, between = "&") =>
  Array.from({ length: count }, (_, n) => text(n)).join(between);
const longer = (max: number) => [`Longer than maximum length ${max}.`];

test.each(["benchmarks", "sites", "tags", "results"])("searches of %s take a bounded number of terms", async (list) => {
  expect(await said("GET", `/${list}:search?${many(33, (n) => `terms=${n}`)}`)).toEqual(
    invalid("query", { terms: longer(32) }),
  );
  expect(await said("GET", `/${list}:search?terms=${"a".repeat(201)}`)).toEqual(
    invalid("query", { terms: { 0: longer(200) } }),
  );
  expect(await said("GET", `/${list}:search?${many(6, () => `terms=${"a".repeat(170)}`)}`)).toEqual(
    invalid("query", { terms: longer(1_000) }),
  );
  expect((await call("GET", `/${list}:search?${many(32, () => `terms=${"a".repeat(31)}`)}`)).status).toBe(200);
});

test("a text that searches look at is bounded, so that no term takes seconds to be looked for", async () => {
  const site = (change: object) =>
    said("POST", "/sites", { token, json: { name: fresh("s"), address: "a", ...change } });
  expect(await site({ address: "a".repeat(2_001) })).toEqual(invalid("json", { address: longer(2_000) }));
  expect(await site({ name: "a".repeat(2_001) })).toEqual(invalid("json", { name: longer(2_000) }));
  expect(await site({ description: "a".repeat(10_001) })).toEqual(invalid("json", { description: longer(10_000) }));
  expect((await site({ address: "a".repeat(2_000), description: "a".repeat(10_000) }))[0]).toBe(201);
});

test.each([
  ["4,500 members", `%2Bjson.${many(4_500, () => "a", ".")}`],
  ["eight times 126 members", many(8, (n) => `%2Bjson.${many(125, () => "a", ".")}.${n}`, ",")],
  ["nine paths", many(9, (n) => `%2Bjson.${n}`, ",")],
])("an order of %s is refused", async (_, order) => {
  const [status, body] = await said("GET", `/results?sort_by=${order}`);
  expect([status, body]).toEqual([422, expect.objectContaining({ message: expect.anything() })]);
});

test("a field that an order names again changes nothing", async () => {
  expect((await call("GET", `/results?sort_by=${many(900, () => "%2Bjson.a", ",")}`)).status).toBe(200);
  expect((await call("GET", `/sites?sort_by=${many(1_500, () => "-name", ",")}`)).status).toBe(200);
});

test("of very many wrong members 200 are told", async () => {
  const body = `{${many(90_000, (n) => `"a${n}":1`, ",")}}`;
  const { status, text } = await call("POST", "/tags", { token, body });
  expect([status, text.split("Unknown field.").length - 1]).toEqual([422, 200]);
});

test("a body of more values than any result may have is refused before it is parsed", async () => {
  const body = `{"name": [${many(100_001, () => "[]", ",")}]}`;
  expect(await said("POST", "/tags", { token, body })).toEqual(
    invalid("json", [expect.stringContaining("EOSC_PERF_MAX_VALUES")]),
  );
});

test("the tags of a result are bounded", async () => {
  const path = `/results/${crypto.randomUUID()}/tags`;
  const tags_ids = Array.from({ length: 1_001 }, () => crypto.randomUUID());
  expect(await said("PUT", path, { token, json: { tags_ids } })).toEqual(invalid("json", { tags_ids: longer(1_000) }));
});
