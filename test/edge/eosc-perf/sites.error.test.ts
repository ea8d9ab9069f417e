import { expect, test } from "vitest";
import { call, fresh, made, pageAt, refused, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");
const site = (name = fresh("site")) => ({ name, address: "Street 1" });
const unknown = crypto.randomUUID();
const missing = refused(404, "Not Found", `Record ${unknown} not found in the database`);

test("unknown ids are not found, whatever is asked of them", async () => {
  const json = site();
  for (const [method, path, options] of [
    ["GET", `/sites/${unknown}`, {}],
    ["PUT", `/sites/${unknown}`, { token: admin, json }],
    ["DELETE", `/sites/${unknown}`, { token: admin }],
    ["POST", `/sites/${unknown}:approve`, { token: admin }],
    ["POST", `/sites/${unknown}:reject`, { token: admin }],
    ["GET", `/sites/${unknown}/flavors`, {}],
    ["GET", `/sites/${unknown}/flavors:search`, {}],
    ["POST", `/sites/${unknown}/flavors`, { token, json: { name: "f" } }],
    ["GET", `/flavors/${unknown}`, {}],
    ["GET", `/flavors/${unknown}/site`, {}],
    ["PUT", `/flavors/${unknown}`, { token: admin, json: { name: "f" } }],
    ["DELETE", `/flavors/${unknown}`, { token: admin }],
    ["POST", `/flavors/${unknown}:approve`, { token: admin }],
    ["POST", `/flavors/${unknown}:reject`, { token: admin }],
  ] as const)
    expect([method, path, await said(method, path, options)]).toEqual([method, path, missing]);
});

test("names are taken while their owner is on review, and conflict in changes", async () => {
  const [one, two] = [site(), site()];
  const id = await made("/sites", one, token);
  await made("/sites", two, token);
  expect(await said("POST", "/sites", { token, json: one })).toEqual(
    refused(409, "Conflict", `Site ${one.name} already submitted/exists`),
  );
  expect(await said("PUT", `/sites/${id}`, { token: admin, json: two })).toEqual(
    refused(409, "Conflict", "Changes conflict submitted/existing site"),
  );
  const flavor = await made(`/sites/${id}/flavors`, { name: "a" }, token);
  await made(`/sites/${id}/flavors`, { name: "b" }, token);
  expect(await said("POST", `/sites/${id}/flavors`, { token, json: { name: "b" } })).toEqual(
    refused(409, "Conflict", "Flavor b already submitted/exists"),
  );
  expect(await said("PUT", `/flavors/${flavor}`, { token: admin, json: { name: "b" } })).toEqual(
    refused(409, "Conflict", "Changes conflict submitted/existing flavor"),
  );
});

test("of many who make one name at once, one does, and one submit is there", async () => {
  const json = site();
  const made = await Promise.all(Array.from({ length: 8 }, () => call("POST", "/sites", { token, json })));
  expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  const { id } = Object(made.find(({ status }) => status === 201)?.json);
  const { items } = await pageAt("/reports/submits?resource_type=site&sort_by=-upload_datetime", admin);
  expect(items.filter(({ resource_id }) => resource_id === id)).toHaveLength(1);
});

test("what is decided is decided, by whichever of many decisions at once came first", async () => {
  const id = await made("/sites", site(), token);
  const decide = (how: string) => call("POST", `/sites/${id}:${how}`, { token: admin });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => decide("approve")));
  expect(outcomes.map(({ status }) => status).sort()).toEqual([204, ...Array(5).fill(422)]);
  for (const how of ["approve", "reject"])
    expect(await said("POST", `/sites/${id}:${how}`, { token: admin })).toEqual(
      refused(422, "Unprocessable Entity", `Site ${id} was already approved`),
    );
  const flavor = await made(`/sites/${id}/flavors`, { name: "f" }, token);
  await call("POST", `/flavors/${flavor}:approve`, { token: admin });
  expect(await said("POST", `/flavors/${flavor}:reject`, { token: admin })).toEqual(
    refused(422, "Unprocessable Entity", `Flavor ${flavor} was already approved`),
  );
});

test("a site that is deleted while flavors are added leaves none behind", async () => {
  const id = await made("/sites", site(), token);
  const adding = Array.from({ length: 6 }, (_, i) =>
    call("POST", `/sites/${id}/flavors`, { token, json: { name: `f${i}` } }),
  );
  const deleting = call("DELETE", `/sites/${id}`, { token: admin });
  const statuses = (await Promise.all(adding)).map(({ status }) => status);
  expect((await deleting).status).toBe(204);
  for (const status of statuses) expect([201, 404, 409]).toContain(status);
  expect((await call("GET", `/sites/${id}/flavors`)).status).toBe(404);
});
