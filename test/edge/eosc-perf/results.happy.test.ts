import { expect, test } from "vitest";
import { call, fresh, made, pageAt, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploaded, uploadPath } from "../../support/eosc-perf-results.ts";

const user = await somebody();
const admin = await somebody("admin");
const place = await approvedPlace(user.token, admin.token, { type: "object" });
const idsAt = async (path: string, token?: string) => (await pageAt(path, token)).items.map(({ id }) => id);

test("a result is shown at once, with what it refers to and its document as it was written", async () => {
  const tag = await made("/tags", { name: fresh("tag") }, user.token);
  const body = '{"big": 9007199254740993, "one": 1.0, "none": null, "dup": 1, "dup": 2}';
  const path = `${uploadPath(place, { execution_datetime: "2024-02-29 12:00:00.1234567+0230" })}&tags_ids[]=${tag}`;
  const created = await call("POST", path, { token: user.token, body });
  const { id } = Object(created.json);
  expect(created).toMatchObject({
    status: 201,
    json: {
      benchmark: { id: place.benchmark, json_schema: { type: "object" } },
      site: { id: place.site },
      flavor: { id: place.flavor },
      tags: [{ id: tag }],
      execution_datetime: "2024-02-29T09:30:00.123456",
      json: { none: null, dup: 2 },
    },
  });
  expect(await said("GET", `/results/${id}`)).toEqual([200, created.json]);
  const { text } = await call("GET", `/results/${id}`);
  expect(text).toContain('"big": 9007199254740993');
  expect(text).toContain('"one": 1.0');
  expect(await idsAt(`/results?tags_ids=${tag}`)).toEqual([id]);
});

test("lists choose by references, days and filters, and order by fields and by values", async () => {
  const here = await approvedPlace(user.token, admin.token);
  const documents = [{ n: 5, cpu: { name: "amd" } }, { n: "10" }, { n: true, cpu: { name: "intel" } }, { cpu: [1] }];
  const ids: string[] = [];
  for (const document of documents) ids.push(await uploaded(here, document, user.token));
  const at = async (query: string) =>
    (await idsAt(`/results?benchmark_id=${here.benchmark}&${query}`)).map((id) => ids.indexOf(String(id)));
  expect(await at("sort_by=%2Bjson.n")).toEqual([1, 0, 2, 3]);
  expect(await at("sort_by=-json.n")).toEqual([3, 2, 0, 1]);
  expect(await at("filters=n%20%3E%205")).toEqual([1]);
  expect(await at("filters=n%20%3E=%205&sort_by=-json.n")).toEqual([0, 1]);
  expect(await at("filters=n%20==%20true")).toEqual([2]);
  expect(await at("filters=cpu.name%20%3C%20b")).toEqual([0]);
  expect(await at("filters=cpu.0%20==%201")).toEqual([3]);
  expect(await at("filters=n%20%3E%20nan")).toEqual([]);
  expect(
    await at(`site_id=${here.site}&flavor_id=${here.flavor}&execution_after=2024-02-29&sort_by=%2Bjson.n`),
  ).toEqual([1, 0, 2, 3]);
  expect(await at("execution_before=2024-02-29")).toEqual([]);
  expect(await at("upload_before=2024-02-29")).toEqual([]);
});

test("a search finds names by parts, tags as a whole, and every term", async () => {
  const here = await approvedPlace(user.token, admin.token);
  const name = fresh("label");
  const tag = await made("/tags", { name }, user.token);
  const tagged = await uploaded(here, {}, user.token, [tag]);
  const plain = await uploaded(here, {}, user.token);
  const found = async (...terms: string[]) =>
    (await idsAt(`/results:search?${terms.map((term) => `terms=${term}`).join("&")}`)).sort();
  expect(await found(here.name)).toEqual([plain, tagged].sort());
  for (const part of [`${here.name}:v`, `${here.name}-si`, `${here.name}%20Str`, `${here.name}-fl`])
    expect([part, (await found(part)).length]).toEqual([part, 2]);
  expect(await found(name)).toEqual([tagged]);
  expect(await found(here.name, name)).toEqual([tagged]);
  expect(await found(name.slice(0, -1))).toEqual([]);
  expect(await idsAt(`/results:search?terms=${here.name}&sort_by=-json.x&upload_after=2024-01-01`)).toHaveLength(2);
});

test("its uploader and admins replace a result's tags", async () => {
  const [one, two] = [
    await made("/tags", { name: fresh("t") }, user.token),
    await made("/tags", { name: fresh("t") }, user.token),
  ];
  const id = await uploaded(place, {}, user.token, [one]);
  const tags = async () =>
    Object((await call("GET", `/results/${id}`)).json).tags.map(({ id: tag }: { id: string }) => tag);
  for (const { token } of [user, admin])
    expect(await said("PUT", `/results/${id}/tags`, { token, json: { tags_ids: [two] } })).toEqual([204, undefined]);
  expect(await tags()).toEqual([two]);
  await call("PUT", `/results/${id}/tags`, { token: user.token, json: {} });
  expect(await tags()).toEqual([two]);
  await call("PUT", `/results/${id}/tags`, { token: user.token, json: { tags_ids: [] } });
  expect(await tags()).toEqual([]);
});

test("a deleted result leaves the lists and stays where its id is known", async () => {
  const here = await approvedPlace(user.token, admin.token);
  const id = await uploaded(here, {}, user.token);
  for (const _ of ["once", "twice"])
    expect(await said("DELETE", `/results/${id}`, { token: admin.token })).toEqual([204, undefined]);
  for (const path of [`/results?benchmark_id=${here.benchmark}`, `/results:search?terms=${here.name}`])
    expect(await pageAt(path)).toMatchObject({ total: 0, items: [] });
  expect((await call("GET", `/results/${id}`)).status).toBe(200);
  expect(await said("GET", `/results/${id}/uploader`, { token: admin.token })).toMatchObject([200, { sub: user.sub }]);
});

test("one's own results are listed hidden or not, whatever content is asked for", async () => {
  const own = await somebody();
  const ids = [await uploaded(place, { n: 1 }, own.token), await uploaded(place, { n: 2 }, own.token)];
  await call("DELETE", `/results/${ids[0]}`, { token: admin.token });
  const path = `/users/self/results?sort_by=-json.n&filters=n%20==%209&site_id=${crypto.randomUUID()}`;
  expect(await idsAt(path, own.token)).toEqual(ids.reverse());
  expect(await idsAt("/users/self/results?upload_before=2024-01-01", own.token)).toEqual([]);
});
