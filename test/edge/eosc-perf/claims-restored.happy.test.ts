import { expect, inject, test } from "vitest";
import { ADMIN_ENTITLEMENT } from "../../../dev/identities.ts";
import { approvedResult } from "../../support/approved-result.ts";
import { call, made, pageAt, somebody } from "../../support/eosc-perf.ts";
import { bearer, ownEdge } from "../../support/own-edge.ts";

const restoring = ownEdge(() => ({
  EOSC_PERF_RESTORE_REJECTED_CLAIMS: "on",
  EOSC_PERF_LOCAL_ISSUER: inject("stack").issuerUrl,
  EOSC_PERF_ADMIN_ENTITLEMENTS: ADMIN_ENTITLEMENT,
}));
const { token } = await somebody("admin");

const claimed = (result: string) => made(`/results/${result}:claim`, { message: "wrong" }, token);
const deleted = async (result: string) =>
  expect((await call("DELETE", `/results/${result}`, { token })).status).toBe(204);
/** Decides where rejected claims restore results. */
async function decided(claim: string, decision: "approve" | "reject") {
  const url = `${restoring().url}/eosc-perf/reports/claims/${claim}:${decision}`;
  expect((await fetch(url, { method: "POST", headers: bearer(token) })).status).toBe(204);
}
const shown = async (benchmark: string) => (await pageAt(`/results?benchmark_id=${benchmark}`)).total;

test("a rejected claim shows its result again, and again", async () => {
  const { resultId, benchmarkId } = await approvedResult();
  for (let turn = 0; turn < 2; turn += 1) {
    const claim = await claimed(resultId);
    expect(await shown(benchmarkId)).toBe(0);
    await decided(claim, "reject");
    expect(await shown(benchmarkId)).toBe(1);
  }
});

test("not one that an admin deleted, before the claim or after it", async () => {
  const { resultId, benchmarkId } = await approvedResult();
  const first = await claimed(resultId);
  await deleted(resultId);
  await decided(first, "reject");
  expect(await shown(benchmarkId)).toBe(0);
  await decided(await claimed(resultId), "reject");
  expect(await shown(benchmarkId)).toBe(0);
});

test("nor one that an approved claim hides", async () => {
  const { resultId, benchmarkId } = await approvedResult();
  await decided(await claimed(resultId), "approve");
  await decided(await claimed(resultId), "reject");
  expect(await shown(benchmarkId)).toBe(0);
});

test("of two claims on a result the one it points at counts", async () => {
  const { resultId, benchmarkId } = await approvedResult();
  const [first, second] = [await claimed(resultId), await claimed(resultId)];
  await decided(first, "reject");
  expect(await shown(benchmarkId)).toBe(0);
  await decided(second, "reject");
  expect(await shown(benchmarkId)).toBe(1);
});
