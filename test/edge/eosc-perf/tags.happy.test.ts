import { expect, test } from "vitest";
import { call, fresh, made, pageAt, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");

test("a tag is made, read, changed and deleted; an update without description keeps it", async () => {
  const name = fresh("tag");
  const created = await call("POST", "/tags", { token, json: { name, description: "first" } });
  const { id } = Object(created.json);
  expect(created).toMatchObject({ status: 201, json: { id, name, description: "first" } });
  const renamed = fresh("tag");
  expect(await said("PUT", `/tags/${id}`, { token: admin, json: { name: renamed } })).toEqual([204, undefined]);
  expect(await said("GET", `/tags/${id}`)).toEqual([200, { id, name: renamed, description: "first" }]);
  await call("PUT", `/tags/${id}`, { token: admin, json: { name: renamed, description: "" } });
  expect(await said("GET", `/tags/${id}`)).toEqual([200, { id, name: renamed, description: "" }]);
  expect(await said("DELETE", `/tags/${id}`, { token: admin })).toEqual([204, undefined]);
  expect((await call("GET", `/tags/${id}`)).status).toBe(404);
});

test("texts are kept as they came: empty, long, with blanks at their ends and of every script", async () => {
  for (const name of [` ${fresh("blank")} `, `${fresh("ζ")} 日本 🚀 "quoted" \\ % _`, fresh("x").padEnd(2_000, "y")]) {
    const id = await made("/tags", { name, description: "" }, token);
    expect(await said("GET", `/tags/${id}`)).toEqual([200, { id, name, description: "" }]);
    expect((await pageAt(`/tags?name=${encodeURIComponent(name)}`)).total).toBe(1);
  }
});

test("a search finds every term in any text, in its own case, with wildcards", async () => {
  const [one, two] = [fresh("search"), fresh("search")];
  await made("/tags", { name: `${one}-a_b`, description: `${two} Alpha` }, token);
  await made("/tags", { name: `${one}-aXb` }, token);
  const found = async (...terms: string[]) =>
    (await pageAt(`/tags:search?${terms.map((term) => `terms=${encodeURIComponent(term)}`).join("&")}`)).total;
  expect(await found(one)).toBe(2);
  expect(await found(one, two)).toBe(1);
  expect(await found(one, "Alpha")).toBe(1);
  expect(await found(one, "alpha")).toBe(0);
  expect(await found(one, "a_b")).toBe(2);
  expect(await found(one, "a\\_b")).toBe(1);
  expect(await found(one, "%")).toBe(2);
  expect(await found(one, "")).toBe(2);
  expect(await found(one, "' or true --")).toBe(0);
});

test("orders are by bytes, several keys deep", async () => {
  const prefix = fresh("order");
  for (const [name, description] of [
    ["b", "1"],
    ["B", "1"],
    ["a", "2"],
    ["ä", "1"],
  ])
    await made("/tags", { name: `${prefix}${name}`, description }, token);
  const names = async (sortBy: string) =>
    (await pageAt(`/tags:search?terms=${prefix}&sort_by=${encodeURIComponent(sortBy)}`)).items.map(({ name }) =>
      String(name).slice(prefix.length),
    );
  expect(await names("+name")).toEqual(["B", "a", "b", "ä"]);
  expect(await names("-name")).toEqual(["ä", "b", "a", "B"]);
  expect(await names("-description,+name")).toEqual(["a", "B", "b", "ä"]);
});
