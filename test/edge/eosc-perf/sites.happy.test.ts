import { expect, test } from "vitest";
import { call, fresh, made, pageAt, said, somebody } from "../../support/eosc-perf.ts";

const { token, sub } = await somebody();
const { token: admin } = await somebody("admin");
const site = (change: object = {}) => ({ name: fresh("site"), address: "Street 1", ...change });

/** What awaits a decision about a resource. */
async function submitsOf(id: string): Promise<unknown[]> {
  const { items } = await pageAt("/reports/submits?sort_by=-upload_datetime", admin);
  return items.filter(({ resource_id }) => resource_id === id);
}

test("a site awaits review, is approved once, and keeps its status when it changes", async () => {
  const wanted = site({ description: "d" });
  const created = await call("POST", "/sites", { token, json: wanted });
  expect(created).toMatchObject({ status: 201, json: wanted });
  const { id, upload_datetime } = Object(created.json);
  expect(upload_datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/);
  expect(Math.abs(Date.parse(`${upload_datetime}Z`) - Date.now())).toBeLessThan(60_000);
  const lists = async () => [
    (await pageAt(`/sites?name=${wanted.name}`)).total,
    (await pageAt(`/sites?status=on_review&name=${wanted.name}`)).total,
  ];
  expect(await lists()).toEqual([0, 1]);
  expect(await said("GET", `/sites/${id}`)).toEqual([200, { id, upload_datetime, ...wanted }]);
  expect(await submitsOf(id)).toMatchObject([{ resource_type: "site", resource_id: id, uploader: { sub } }]);
  expect(await said("POST", `/sites/${id}:approve`, { token: admin })).toEqual([204, undefined]);
  expect([await lists(), await submitsOf(id)]).toEqual([[1, 0], []]);
  const changed = { name: wanted.name, address: "Street 2" };
  expect(await said("PUT", `/sites/${id}`, { token: admin, json: changed })).toEqual([204, undefined]);
  expect((await pageAt(`/sites?name=${wanted.name}&address=Street%202`)).items).toEqual([
    { id, upload_datetime, ...changed, description: "d" },
  ]);
});

test("what is rejected is gone, and frees its name", async () => {
  const wanted = site();
  const id = await made("/sites", wanted, token);
  expect(await said("POST", `/sites/${id}:reject`, { token: admin })).toEqual([204, undefined]);
  expect([(await call("GET", `/sites/${id}`)).status, await submitsOf(id)]).toEqual([404, []]);
  await made("/sites", wanted, token);
});

test("flavors belong to a site, whose names are their own", async () => {
  const [one, two] = [await made("/sites", site(), token), await made("/sites", site(), token)];
  const name = fresh("flavor");
  const id = await made(`/sites/${one}/flavors`, { name, description: "8 cores" }, token);
  await made(`/sites/${two}/flavors`, { name }, token);
  expect(await submitsOf(id)).toMatchObject([{ resource_type: "flavor", uploader: { sub } }]);
  expect((await pageAt(`/sites/${one}/flavors`)).total).toBe(0);
  await call("POST", `/flavors/${id}:approve`, { token: admin });
  const [, flavor] = await said("GET", `/flavors/${id}`);
  expect(flavor).toEqual({ id, name, description: "8 cores", upload_datetime: expect.any(String) });
  for (const path of [`?name=${name}`, ":search?terms=8%20cores", "?sort_by=-site_id,%2Bname"])
    expect((await pageAt(`/sites/${one}/flavors${path}`)).items).toEqual([flavor]);
  expect(await said("GET", `/flavors/${id}/site`)).toEqual(await said("GET", `/sites/${one}`));
  const renamed = fresh("flavor");
  expect((await call("PUT", `/flavors/${id}`, { token: admin, json: { name: renamed } })).status).toBe(204);
  expect(await said("GET", `/flavors/${id}`)).toMatchObject([200, { name: renamed, description: "8 cores" }]);
});

test("a site takes its flavors along, and everything's submits", async () => {
  const id = await made("/sites", site(), token);
  const flavor = await made(`/sites/${id}/flavors`, { name: "f" }, token);
  expect(await said("DELETE", `/sites/${id}`, { token: admin })).toEqual([204, undefined]);
  expect((await call("GET", `/flavors/${flavor}`)).status).toBe(404);
  expect([await submitsOf(id), await submitsOf(flavor)]).toEqual([[], []]);
});

test("days bound a list: from the beginning of one, up to the beginning of another", async () => {
  const { name, address } = site();
  await made("/sites", { name, address }, token);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const total = async (bounds: string) => (await pageAt(`/sites?status=on_review&name=${name}&${bounds}`)).total;
  expect(await total(`upload_after=${day(0)}&upload_before=${day(1)}`)).toBe(1);
  expect(await total(`upload_before=${day(0)}`)).toBe(0);
  expect(await total(`upload_after=${day(1)}`)).toBe(0);
});
