import { expect, inject, test } from "vitest";
import { errorCode, locationOf, look, replay, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";

const { edgeUrl, adminToken } = inject("stack");

test("the signed link lets its holder read, not replay", async () => {
  const before = await untilSettled(locationOf(await deliver("workflow_run", workflowRun(freshRepository()))));
  for (const token of ["", "wrong", `${adminToken}0`]) {
    const answer = await replay(before.links.self, edgeUrl, token);
    expect([answer.status, await errorCode(answer)]).toEqual([401, "unauthorized"]);
  }
  expect(await look(before.links.self)).toEqual(before);
});

test("reading a replay's address replays nothing", async () => {
  const before = await untilSettled(locationOf(await deliver("workflow_run", workflowRun(freshRepository()))));
  const answer = await fetch(`${edgeUrl}${before.links.self}/replay`, {
    headers: { authorization: `Bearer ${adminToken}`, "x-http-method-override": "POST" },
  });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  expect(await look(before.links.self)).toEqual(before);
});
