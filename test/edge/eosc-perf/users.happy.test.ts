import { expect, inject, test } from "vitest";
import { call, fresh, made, pageAt, said, somebody, tokenOf } from "../../support/eosc-perf.ts";

const { token: admin } = await somebody("admin");
const { issuerUrl: iss } = inject("stack");

test("whoever bears a token registers once and finds themselves", async () => {
  const { token, sub } = await somebody("unregistered");
  expect((await call("GET", "/users/self", { token })).status).toBe(404);
  const user = { sub, iss, email: `${sub}@example.org`, registration_datetime: expect.any(String) };
  expect(await said("POST", "/users:register", { token })).toEqual([201, user]);
  expect(await said("GET", "/users/self", { token })).toEqual([200, user]);
  for (const query of [
    `?sub=${sub}`,
    `?email=${sub}@example.org&iss=${encodeURIComponent(iss)}`,
    `:search?terms=${sub}`,
  ])
    expect((await pageAt(`/users${query}`, admin)).items).toEqual([user]);
});

test("a new email comes from the user info of a new token", async () => {
  const { token, sub } = await somebody();
  const email = `${fresh("new")}@example.org`;
  const newer = await tokenOf({ sub, email, email_verified: true });
  expect(await said("GET", "/users/self", { token: newer })).toMatchObject([200, { email: `${sub}@example.org` }]);
  expect(await said("POST", "/users/self:update", { token: newer })).toEqual([204, undefined]);
  expect(await said("GET", "/users/self", { token })).toMatchObject([200, { email }]);
});

test("a removed user takes along what they uploaded, and what other people put below it", async () => {
  const [leaver, stayer] = [await somebody(), await somebody()];
  const site = await made("/sites", { name: fresh("site"), address: "a" }, leaver.token);
  const below = await made(`/sites/${site}/flavors`, { name: "f" }, stayer.token);
  const other = await made("/sites", { name: fresh("site"), address: "a" }, stayer.token);
  const query = `sub=${leaver.sub}&iss=${encodeURIComponent(iss)}`;
  expect(await said("POST", `/users:remove?${query}`, { token: admin })).toEqual([204, undefined]);
  const statuses = [`/sites/${site}`, `/flavors/${below}`, `/sites/${other}`].map(
    async (path) => (await call("GET", path)).status,
  );
  expect(await Promise.all(statuses)).toEqual([404, 404, 200]);
  const { items } = await pageAt("/reports/submits?sort_by=-upload_datetime", admin);
  expect(items.filter(({ resource_id }) => resource_id === site || resource_id === below)).toEqual([]);
  expect((await call("GET", "/users/self", { token: leaver.token })).status).toBe(404);
  expect((await call("POST", "/tags", { token: leaver.token, json: { name: fresh("t") } })).status).toBe(403);
});

test("all criteria of a removal must match; nobody matching is no error", async () => {
  const { token, sub } = await somebody();
  const query = `sub=${sub}&email=${fresh("nobody")}@example.org`;
  expect(await said("POST", `/users:remove?${query}`, { token: admin })).toEqual([204, undefined]);
  expect((await call("GET", "/users/self", { token })).status).toBe(200);
});

test("admins are told so", async () => {
  expect(await said("GET", "/users/self:try_admin", { token: admin })).toEqual([204, undefined]);
});
