import { expect, inject, test } from "vitest";
import { call, fresh, made, pageAt, somebody } from "../../support/eosc-perf.ts";

const { token: admin } = await somebody("admin");
const { issuerUrl: iss } = inject("stack");

test("submits show what awaits a decision, newest first when asked, with the resource's uploader", async () => {
  const { token, sub } = await somebody();
  const site = await made("/sites", { name: fresh("site"), address: "a" }, token);
  const flavor = await made(`/sites/${site}/flavors`, { name: "f" }, token);
  const newest = async (query = "") => {
    const { items } = await pageAt(`/reports/submits?sort_by=-upload_datetime&per_page=20${query}`, admin);
    return items.filter(({ resource_id }) => resource_id === site || resource_id === flavor);
  };
  const uploader = { sub, iss, email: `${sub}@example.org`, registration_datetime: expect.any(String) };
  const upload_datetime = expect.any(String);
  const ofSite = { resource_type: "site", resource_id: site, upload_datetime, uploader };
  const ofFlavor = { resource_type: "flavor", resource_id: flavor, upload_datetime, uploader };
  expect(await newest()).toEqual([ofFlavor, ofSite]);
  expect(await newest("&resource_type=site")).toEqual([ofSite]);
  expect(await newest("&resource_type=claim")).toEqual([]);
  expect(await newest("&upload_before=2020-01-01")).toEqual([]);
  await call("POST", `/flavors/${flavor}:reject`, { token: admin });
  expect(await newest()).toEqual([ofSite]);
});
