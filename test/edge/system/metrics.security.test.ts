import { beforeAll, expect, test } from "vitest";
import { errorCode, locationOf, untilSettled } from "../../support/deliveries-api.ts";
import { deliver } from "../../support/github-delivery.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";

const edge = ownEdge();
const closed = ownEdge(() => ({ METRICS_TOKEN_SHA256: "" }));

// Something that is stored and something that is refused, so that every metric has a sample.
beforeAll(async () => {
  await untilSettled(locationOf(await deliver("star", {})));
  await untilSettled(locationOf(await deliver("workflow_run", { workflow_run: 1, repository: {} })));
});

async function statusFor(url: string, token?: string): Promise<number> {
  return (await fetch(`${url}/metrics`, { headers: token === undefined ? {} : bearer(token) })).status;
}

test("a metrics token reads metrics, an admin's too, any other does not", async () => {
  expect(await statusFor(edge().url, OWN.metricsToken)).toBe(200);
  expect(await statusFor(edge().url, OWN.adminToken)).toBe(200);
  expect(await statusFor(edge().url, `${OWN.metricsToken}0`)).toBe(401);
  expect(await statusFor(edge().url)).toBe(401);
});

test("a metrics token reads nothing else", async () => {
  const answer = await fetch(`${edge().url}/deliveries`, { headers: bearer(OWN.metricsToken) });
  expect([answer.status, await errorCode(answer)]).toEqual([401, "unauthorized"]);
});

test("without a metrics token set, admins alone read them", async () => {
  expect(await statusFor(closed().url, OWN.metricsToken)).toBe(401);
  expect(await statusFor(closed().url, OWN.adminToken)).toBe(200);
});

test("labels hold neither keys nor ids nor repositories", async () => {
  const text = await (await fetch(`${edge().url}/metrics`, { headers: bearer(OWN.metricsToken) })).text();
  const labels = new Set([...text.matchAll(/[{,]([a-z]+)="/g)].map(([, name]) => name));
  expect([...labels].sort()).toEqual(["outcome", "quantile", "release", "source", "state"]);
});
