import { expect, inject, test } from "vitest";
import { getAs } from "../../support/deliveries-api.ts";
import { call, fresh, made, pageAt, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const name = fresh("convention");
const id = await made("/tags", { name, description: "d" }, token);
const tag = { id, name, description: "d" };

test("an id is found in any case and printed in lower case; colons come raw or encoded", async () => {
  expect(await said("GET", `/tags/${id.toUpperCase()}`)).toEqual([200, tag]);
  const unknown = crypto.randomUUID();
  expect(await said("GET", `/tags/${unknown.toUpperCase()}`)).toEqual([
    404,
    { code: 404, errors: { error: `Record ${unknown} not found in the database` }, status: "Not Found" },
  ]);
  for (const path of ["/tags:search", "/tags%3Asearch", "/tags%3asearch"])
    expect((await pageAt(`${path}?terms=${name}`)).items).toEqual([tag]);
});

test("the API stands under its mount, at the root of its own host, and behind a proxy's prefix", async () => {
  expect(await getAs("eosc-perf.localhost", `/tags/${id}`)).toEqual({ status: 200, body: tag });
  const headers = { "x-script-name": "/api/v1" };
  expect(await said("GET", `/api/v1/tags/${id}`, { headers })).toEqual([200, tag]);
  expect(await said("GET", `/tags/${id}`, { headers })).toEqual([200, tag]);
  expect((await call("GET", `/api/v1/tags/${id}`)).status).toBe(404);
});

test.each(["//tags/", "/tags//", "///tags///"])("%s: several slashes answer as one", async (path) => {
  expect(await said("GET", path + id)).toEqual([200, tag]);
  expect(await said("GET", `//api/v1/${path}${id}`, { headers: { "x-script-name": "/api/v1" } })).toEqual([200, tag]);
});

test("HEAD answers as GET does, without a body; OPTIONS lists the methods", async () => {
  const { status, json, headers } = await call("HEAD", `/tags/${id}`);
  expect([status, json, headers.get("content-type")]).toEqual([200, undefined, "application/json"]);
  const options = await call("OPTIONS", `/tags/${id}`);
  expect([options.status, options.json]).toEqual([200, undefined]);
  expect(options.headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "HEAD", "OPTIONS", "PUT"]);
});

test("browsers of every origin may read every answer, and ask before they send", async () => {
  for (const path of [`/tags/${id}`, "/tags?per_page=0", "/nowhere", "/users"])
    expect([path, (await call("GET", path)).headers.get("access-control-allow-origin")]).toEqual([path, "*"]);
  const headers = { origin: "https://perf.example.org", "access-control-request-method": "DELETE" };
  for (const path of [`/tags/${id}`, "/nowhere"]) {
    const answer = await call("OPTIONS", path, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-methods")).toContain("DELETE");
    expect(answer.headers.get("access-control-allow-headers")).toContain("Authorization");
  }
});

test("a page tells its place, and names its neighbours only where there are some", async () => {
  const [prefix, words] = [fresh("page"), ["a", "b", "c"]];
  for (const word of words) await made("/tags", { name: `${prefix}-${word}` }, token);
  const page = async (query: string) => (await call("GET", `/tags:search?terms=${prefix}&sort_by=-name${query}`)).json;
  const names = (body: unknown) => JSON.stringify(body).match(/page-[\w-]+-[abc](?=")/g);
  const first = await page("&per_page=2");
  expect(first).toMatchObject({
    has_next: true,
    has_prev: false,
    next_num: 2,
    page: 1,
    pages: 2,
    per_page: 2,
    total: 3,
  });
  expect(first).not.toHaveProperty("prev_num");
  expect(names(first)).toEqual([`${prefix}-c`, `${prefix}-b`]);
  const second = await page("&per_page=2&page=2");
  expect(second).toMatchObject({ has_next: false, has_prev: true, prev_num: 1, page: 2, pages: 2, total: 3 });
  expect(second).not.toHaveProperty("next_num");
  expect(names(second)).toEqual([`${prefix}-a`]);
  const nothing = { has_next: false, has_prev: false, items: [], page: 1, pages: 0, per_page: 100, total: 0 };
  expect(await said("GET", `/tags?name=${fresh("nobody")}`)).toEqual([200, nothing]);
});

test("brackets after a name are dropped, and of a repeated scalar the first value counts", async () => {
  for (const query of [`name[]=${name}`, `name=${name}&name=other`, `name%5B%5D=${name}`])
    expect((await pageAt(`/tags?${query}`)).items).toEqual([tag]);
  expect((await pageAt(`/tags:search?terms[]=${name}&terms=convention`)).items).toEqual([tag]);
  expect((await pageAt(`/tags:search?terms[]=${name}&terms=elsewhere`)).items).toEqual([]);
});

test("integers come with a sign, blanks around them, underscores between digits, and in digits of any script", async () => {
  for (const [given, read] of [
    [" 5", 5],
    ["+5", 5],
    ["5\n", 5],
    ["\u00a05\u0085", 5],
    ["1_0", 10],
    ["0_0_7", 7],
    ["\u0665", 5],
    ["\u096f\u0969", 93],
    ["\uff11_0", 10],
    ["\u{1d7d8}\u{1d7e3}", 1],
  ] as const)
    expect([given, await said("GET", `/tags?per_page=${encodeURIComponent(given)}`)]).toMatchObject([
      given,
      [200, { per_page: read }],
    ]);
});

test("UUIDs among parameters come in any of their notations", async () => {
  const bare = id.replaceAll("-", "");
  for (const given of [id.toUpperCase(), bare, `{${id}}`, `{{${bare}}}`, `urn:uuid:${id}`, `uuid:${bare}`])
    expect([given, (await call("GET", `/results?tags_ids=${encodeURIComponent(given)}`)).status]).toEqual([given, 200]);
});

test("routes without parameters ignore the query", async () => {
  expect(await said("GET", `/tags/${id}?anything=1`)).toEqual([200, tag]);
});

test("a body of any JSON type is read", async () => {
  const types = ["Application/JSON", "application/json;charset=utf-8", "application/ld+json", "application/x!y+json"];
  for (const type of types) {
    const json = { name: fresh("typed") };
    const headers = { "content-type": type };
    expect([type, await said("POST", "/tags", { token, json, headers })]).toMatchObject([type, [201, json]]);
  }
});

test("a body of another content type counts as empty", async () => {
  const answer = await fetch(`${inject("stack").edgeUrl}/eosc-perf/tags`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
    body: "not json",
  });
  expect(await answer.json()).toMatchObject({ errors: { json: { name: ["Missing data for required field."] } } });
});
