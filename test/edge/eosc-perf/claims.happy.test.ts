import { expect, test } from "vitest";
import { call, made, pageAt, refused, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploaded } from "../../support/eosc-perf-results.ts";

const owner = await somebody();
const claimer = await somebody();
const admin = await somebody("admin");
const place = await approvedPlace(owner.token, admin.token);
const idsAt = async (path: string, token: string) => (await pageAt(path, token)).items.map(({ id }) => id);
const claimOn = (result: string, message = "wrong") => made(`/results/${result}:claim`, { message }, claimer.token);

test("a claim hides its result and awaits review; approved, it is listed as such", async () => {
  const result = await uploaded(place, {}, owner.token);
  const claim = await claimOn(result, "message");
  const wanted = {
    id: claim,
    message: "message",
    resource_type: "result",
    resource_id: result,
    uploader: { sub: claimer.sub },
  };
  expect(await said("GET", `/reports/claims/${claim}`, { token: admin.token })).toMatchObject([200, wanted]);
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(0);
  const { items } = await pageAt("/reports/submits?sort_by=-upload_datetime", admin.token);
  expect(items.find(({ resource_id }) => resource_id === claim)).toMatchObject({ resource_type: "claim" });
  expect(await idsAt(`/results/${result}/claims?status=on_review`, owner.token)).toEqual([claim]);
  expect(await idsAt("/users/self/claims?status=on_review", claimer.token)).toContain(claim);
  expect(await said("POST", `/reports/claims/${claim}:approve`, { token: admin.token })).toEqual([204, undefined]);
  expect(await idsAt(`/results/${result}/claims`, owner.token)).toEqual([claim]);
  expect(await idsAt("/reports/claims?sort_by=-upload_datetime,-message", admin.token)).toContain(claim);
  expect(await idsAt("/users/self/claims?upload_before=2024-01-01", claimer.token)).toEqual([]);
  for (const decision of ["approve", "reject"])
    expect(await said("POST", `/reports/claims/${claim}:${decision}`, { token: admin.token })).toEqual(
      refused(422, "Unprocessable Entity", `Resource ${claim} was already approved`),
    );
});

test("a later claim takes the result over; the earlier one can still be rejected", async () => {
  const result = await uploaded(place, {}, owner.token);
  const [first, second] = [await claimOn(result), await claimOn(result)];
  expect(await idsAt(`/results/${result}/claims?status=on_review`, admin.token)).toEqual([second]);
  expect(Object((await call("GET", `/reports/claims/${first}`, { token: admin.token })).json)).not.toHaveProperty(
    "resource_id",
  );
  for (const claim of [first, second])
    expect(await said("POST", `/reports/claims/${claim}:reject`, { token: admin.token })).toEqual([204, undefined]);
  expect((await call("GET", `/reports/claims/${second}`, { token: admin.token })).status).toBe(404);
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(0);
});

test("of claims at once on one result, it points at one, and all await review", async () => {
  const result = await uploaded(place, {}, owner.token);
  const claims = await Promise.all(Array.from({ length: 6 }, () => claimOn(result)));
  const shown = await idsAt(`/results/${result}/claims?status=on_review`, owner.token);
  expect(shown).toHaveLength(1);
  expect(claims).toContain(shown[0]);
  const own = await idsAt("/users/self/claims?status=on_review", claimer.token);
  expect(claims.filter((id) => !own.includes(id))).toEqual([]);
});
