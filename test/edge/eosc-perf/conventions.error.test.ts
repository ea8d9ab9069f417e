import { expect, test } from "vitest";
import { approvedResult } from "../../support/approved-result.ts";
import { call, fresh, invalid, refused, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const { token: unregistered } = await somebody("unregistered");
const BETWEEN = "Must be greater than or equal to 1 and less than or equal to 100.";

test.each([
  ["per_page=0", { per_page: [BETWEEN] }],
  ["per_page=101", { per_page: [BETWEEN] }],
  ["page=0", { page: ["Must be greater than or equal to 1."] }],
  ["page=-1&per_page=x", { page: ["Must be greater than or equal to 1."], per_page: ["Not a valid integer."] }],
  ["page=1.5", { page: ["Not a valid integer."] }],
  ["page=1e1", { page: ["Not a valid integer."] }],
  ["page=", { page: ["Not a valid integer."] }],
  ["page=1__0&per_page=%2B%205", { page: ["Not a valid integer."], per_page: ["Not a valid integer."] }],
  ["page=%EF%BB%BF5&per_page=%C2%B2", { page: ["Not a valid integer."], per_page: ["Not a valid integer."] }],
  ["per_page=1_000&page=-0", { page: ["Must be greater than or equal to 1."], per_page: [BETWEEN] }],
  ["status=deleted", { status: ["Must be one of: on_review, approved."] }],
  ["upload_before=2020-01-01T00:00:00", { upload_before: ["Not a valid date."] }],
  ["upload_after=2021-02-29", { upload_after: ["Not a valid date."] }],
  ["colour=red&shape=round", { colour: ["Unknown field."], shape: ["Unknown field."] }],
  ["__proto__=1&constructor=2", { ["__proto__"]: ["Unknown field."], constructor: ["Unknown field."] }],
  ["name=%00", { name: ["Not a valid string."] }],
])("GET /sites?%s says what is wrong", async (query, errors) => {
  expect(await said("GET", `/sites?${query}`)).toEqual(invalid("query", errors));
});

test.each([
  ["foo", "Unexpected field 'oo'", "Use ',' to separate fields"],
  ["Bad sort command", "Unexpected field 'ad sort command'", "Use ',' to separate fields"],
  ["+json_schema", "Unexpected field 'json_schema'", "Use ',' to separate fields"],
  ["+__proto__", "Unexpected field '__proto__'", "Use ',' to separate fields"],
  ["*name", "Unknown order operator '*'", "Use '+'(asc) or '-'(desc) before sort field"],
  ["+name,,!id", "Unknown order operator '!'", "Use '+'(asc) or '-'(desc) before sort field"],
  ["+name;drop table", "Unexpected field 'name;drop table'", "Use ',' to separate fields"],
])("sort_by=%s is refused", async (sortBy, KeyError, hint) => {
  expect(await said("GET", `/tags?sort_by=${encodeURIComponent(sortBy)}`)).toEqual([
    422,
    { code: 422, message: { KeyError, hint }, status: "Unprocessable Entity" },
  ]);
});

test("what is not there, or nobody's business, is said before a wrong order, and a wrong parameter before both", async () => {
  const [unknown, { resultId, siteId, uploader }] = [crypto.randomUUID(), await approvedResult()];
  const bad = "sort_by=nonsense";
  const wrong = { code: 422, message: expect.anything(), status: "Unprocessable Entity" };
  for (const list of ["flavors", "flavors:search"]) {
    expect(await said("GET", `/sites/${unknown}/${list}?${bad}`)).toEqual(
      refused(404, "Not Found", `Record ${unknown} not found in the database`),
    );
    expect(await said("GET", `/sites/${siteId}/${list}?${bad}`)).toEqual([422, wrong]);
    expect((await call("GET", `/sites/${unknown}/${list}?${bad}&page=0`)).json).toHaveProperty("errors.query.page");
  }
  const claims = (id: string) => `/results/${id}/claims?${bad}`;
  expect((await call("GET", claims(unknown), { token })).status).toBe(404);
  expect(await said("GET", claims(resultId), { token })).toEqual([403, { code: 403, status: "Forbidden" }]);
  expect(await said("GET", claims(resultId), { token: uploader.token })).toEqual([422, wrong]);
});

test("a page beyond the end is not found, however far beyond", async () => {
  for (const page of ["2", "1000000000000", "9".repeat(400)])
    expect(await said("GET", `/tags?name=${fresh("nobody")}&page=${page}`)).toEqual([
      404,
      { code: 404, status: "Not Found" },
    ]);
});

test("what is no UUID matches no route, whatever the method", async () => {
  for (const [method, path] of [
    ["GET", "/tags/1"],
    ["GET", `/tags/${crypto.randomUUID()}0`],
    ["PUT", "/tags/x"],
    ["POST", "/sites/x:approve"],
    ["POST", `/sites/${crypto.randomUUID()}:publish`],
    ["GET", "/tags/"],
    ["GET", "/sites:searches"],
  ] as const)
    expect([path, ...(await said(method, path))]).toEqual([path, 404, { code: 404, status: "Not Found" }]);
});

test.each([
  [{}, { name: ["Missing data for required field."] }],
  [{ name: null }, { name: ["Field may not be null."] }],
  [
    { name: 5, description: [] },
    { name: ["Not a valid string."], description: ["Not a valid string."] },
  ],
  [{ name: "n", id: crypto.randomUUID() }, { id: ["Unknown field."] }],
  [{ name: "nul \0" }, { name: ["Not a valid string."] }],
  [[], { _schema: ["Invalid input type."] }],
  [null, { _schema: ["Invalid input type."] }],
  ["text", { _schema: ["Invalid input type."] }],
])("POST /tags of %j says what is wrong", async (json, errors) => {
  expect(await said("POST", "/tags", { token, json })).toEqual(invalid("json", errors));
});

test("members that are no members are refused by name, those of every object too", async () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const body = `{"name": "${fresh("n")}", "${name}": {"a": 1}}`;
    expect(await said("POST", "/tags", { token, body })).toEqual(invalid("json", { [name]: ["Unknown field."] }));
  }
});

test("a body that is no JSON is 400, one that is too large 413", async () => {
  const notJson = { code: 400, errors: { json: ["Invalid JSON body."] }, status: "Bad Request" };
  for (const body of ['{"name": ', " ", "{'name': 1}", '\ufeff{"name": "behind a byte order mark"}'])
    expect(await said("POST", "/tags", { token, body })).toEqual([400, notJson]);
  const body = JSON.stringify({ name: "x".repeat(9 * 1024 * 1024) });
  expect((await call("POST", "/tags", { token, body })).status).toBe(413);
});

test("a name beyond what an index holds is refused, not a fault", async () => {
  const name = Array.from({ length: 400 }, () => crypto.randomUUID()).join("");
  expect((await call("POST", "/tags", { token, json: { name } })).status).toBe(422);
});

test("who asks is looked at before the query, the query before the body", async () => {
  const path = `/users:remove?nobody=1`;
  expect((await call("POST", path)).status).toBe(401);
  expect((await call("POST", path, { token: unregistered })).status).toBe(403);
  expect((await call("POST", path, { token })).status).toBe(403);
  const admin = (await somebody("admin")).token;
  expect(await said("POST", path, { token: admin })).toEqual(invalid("query", { nobody: ["Unknown field."] }));
  expect((await call("POST", "/tags", { body: "{" })).status).toBe(401);
  expect((await call("POST", "/tags", { token: unregistered, body: "{" })).status).toBe(403);
});
