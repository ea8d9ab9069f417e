import { expect, inject, test } from "vitest";
import { ADMIN_ENTITLEMENT } from "../../../dev/identities.ts";
import { approvedResult } from "../../support/approved-result.ts";
import { call, fresh, made, somebody, tokenOf } from "../../support/eosc-perf.ts";
import { headerOf, untilMailed } from "../../support/mails.ts";
import { bearer, ownEdge } from "../../support/own-edge.ts";

const SUPPORT = "support@example.org";
const admin = await somebody("admin");

/** Somebody new with an address of their own, whose registration was mailed. */
async function newcomer() {
  const { sub, token } = await somebody();
  const address = `${sub}@example.org`;
  await untilMailed(address, 1);
  return { sub, token, address };
}

test("who registers is thanked, and nobody else hears of it", async () => {
  const { address } = await newcomer();
  const [mail] = await untilMailed(address, 1);
  expect([mail?.to, mail?.subject]).toEqual([[address], "Thank you for registering"]);
  expect(headerOf(mail?.source ?? "", "From")).toBe("runledger@localhost");
  expect(headerOf(mail?.source ?? "", "Message-ID")).toMatch(/^<[0-9a-f-]{36}@localhost>$/);
});

test("who takes over a new address is told at the new one", async () => {
  const { sub } = await newcomer();
  const address = `${fresh("moved")}@example.org`;
  const token = await tokenOf({ sub, email: address, email_verified: true });
  expect((await call("POST", "/users/self:update", { token })).status).toBe(204);
  expect((await untilMailed(address, 1)).map(({ subject }) => subject)).toEqual(["Your user information was updated"]);
});

const site = () => ({ name: fresh("site"), address: "a" });
const benchmark = () => ({
  docker_image: fresh("image"),
  docker_tag: "1",
  url: "https://example.org",
  json_schema: { type: "object" },
});

test.each(["benchmark", "site", "flavor"] as const)("a %s: submitted, approved or rejected", async (kind) => {
  const { token, address } = await newcomer();
  const make = async () => {
    if (kind === "benchmark") return await made("/benchmarks", benchmark(), token);
    if (kind === "site") return await made("/sites", site(), token);
    const home = await made("/sites", site(), admin.token);
    return await made(`/sites/${home}/flavors`, { name: fresh("flavor") }, token);
  };
  const ids = [await make(), await make()];
  const outcomes = [];
  for (const [i, action] of ["approve", "reject"].entries()) {
    const decided = await call("POST", `/${kind}s/${ids[i]}:${action}`, { token: admin.token });
    outcomes.push(decided.status);
    // A second decision tells nobody anything.
    await call("POST", `/${kind}s/${ids[i]}:${action}`, { token: admin.token });
  }
  expect(outcomes).toEqual([204, 204]);
  const mails = (await untilMailed(address, 5)).slice(1);
  const told = mails.map(({ to, subject, source }) => [to, subject, headerOf(source, "Resource-ID")]);
  const expected = [
    [[address, SUPPORT], `New ${kind} resource submitted: ${ids[0]}`, ids[0]],
    [[address, SUPPORT], `New ${kind} resource submitted: ${ids[1]}`, ids[1]],
    [[address, SUPPORT], `Resource approved: ${ids[0]}`, ids[0]],
    [[address, SUPPORT], `Resource rejected: ${ids[1]}`, ids[1]],
  ];
  expect(told.map(String).sort()).toEqual(expected.map(String).sort());
  expect(mails.every(({ text, source }) => text.includes(kind) && headerOf(source, "Cc") === SUPPORT)).toBe(true);
});

test("claims: the result's uploader hears of them, the claimer of the decision", async () => {
  const uploader = await newcomer();
  const claimer = await newcomer();
  const benchmarkId = await made("/benchmarks", benchmark(), admin.token);
  const siteId = await made("/sites", site(), admin.token);
  const flavorId = await made(`/sites/${siteId}/flavors`, { name: fresh("flavor") }, admin.token);
  await call("POST", `/benchmarks/${benchmarkId}:approve`, { token: admin.token });
  await call("POST", `/flavors/${flavorId}:approve`, { token: admin.token });
  const query = `execution_datetime=2024-01-01T00:00:00Z&benchmark_id=${benchmarkId}&flavor_id=${flavorId}`;
  const resultId = await made(`/results?${query}`, { score: 1 }, uploader.token);
  const claimIds = [];
  for (const action of ["approve", "reject"]) {
    const claimId = await made(`/results/${resultId}:claim`, { message: "wrong" }, claimer.token);
    claimIds.push(claimId);
    await call("POST", `/reports/claims/${claimId}:${action}`, { token: admin.token });
  }
  const told = (await untilMailed(uploader.address, 3)).slice(1);
  expect(told.map(({ subject, source }) => [subject, headerOf(source, "Result-ID")])).toEqual(
    claimIds.map(() => [`Claim submitted on result: ${resultId}`, resultId]),
  );
  expect(told.map(({ source }) => headerOf(source, "Claim-ID")).sort()).toEqual(claimIds.toSorted());
  const decided = (await untilMailed(claimer.address, 3)).slice(1).map(({ subject }) => subject);
  expect(decided.sort()).toEqual([`Resource approved: ${claimIds[0]}`, `Resource rejected: ${claimIds[1]}`].sort());
});

const restoring = ownEdge(() => ({
  EOSC_PERF_RESTORE_REJECTED_CLAIMS: "on",
  EOSC_PERF_LOCAL_ISSUER: inject("stack").issuerUrl,
  EOSC_PERF_ADMIN_ENTITLEMENTS: ADMIN_ENTITLEMENT,
}));

test("where rejected claims restore results, the uploader hears of that", async () => {
  const { resultId, uploader } = await approvedResult();
  const claimId = await made(`/results/${resultId}:claim`, { message: "wrong" }, admin.token);
  const url = `${restoring().url}/eosc-perf/reports/claims/${claimId}:reject`;
  expect((await fetch(url, { method: "POST", headers: bearer(admin.token) })).status).toBe(204);
  const mails = await untilMailed(`${uploader.sub}@example.org`, 3);
  expect(mails.map(({ subject }) => subject).sort()).toEqual([
    `Claim submitted on result: ${resultId}`,
    `Result restored: ${resultId}`,
    "Thank you for registering",
  ]);
  const restored = mails.find(({ subject }) => subject.startsWith("Result restored"));
  expect([headerOf(restored?.source ?? "", "Result-ID"), restored?.to]).toEqual([
    resultId,
    [`${uploader.sub}@example.org`, SUPPORT],
  ]);
});

test("tags, updates and deletions are not mailed", async () => {
  const { token, address } = await newcomer();
  await made("/tags", { name: fresh("tag") }, token);
  const siteId = await made("/sites", site(), token);
  await untilMailed(address, 2);
  await call("PUT", `/sites/${siteId}`, { token: admin.token, json: site() });
  await call("DELETE", `/sites/${siteId}`, { token: admin.token });
  // Whatever was mailed wrongly would have come before this one.
  await made("/sites", site(), token);
  expect((await untilMailed(address, 3)).map(({ subject }) => subject.split(":")[0])).toEqual([
    "Thank you for registering",
    "New site resource submitted",
    "New site resource submitted",
  ]);
});
