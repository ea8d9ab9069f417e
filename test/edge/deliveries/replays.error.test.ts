import { expect, test } from "vitest";
import { errorCode } from "../../support/deliveries-api.ts";
import { NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";
import { askReplays } from "../../support/replays-api.ts";

const withoutQueue = ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/000000000000/runledger` }));

test.each([
  ["no JSON", "{"],
  ["a list", []],
  ["an unknown field", { states: "dead" }],
  ["an unknown state", { state: "done" }],
  ["no state", { state: [] }],
  ["no time", { since: "yesterday" }],
  ["an empty reason", { reason: "" }],
  ["NUL in a reason", { reason: "a\u0000b" }],
  ["a count below nought", { confirm: -1 }],
  ["a body of 20 kB", { reason: "a", since: " ".repeat(20_000) }],
])("%s is 400", async (_, body) => {
  const answer = await askReplays(body);
  expect([answer.status, await errorCode(answer)]).toEqual([400, "bad_request"]);
});

test("a count that no longer holds is 409, names the present one and starts nothing", async () => {
  const answer = await askReplays({ reason: "a reason that nothing has", confirm: 7 });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: "conflict", message: expect.stringContaining("0 deliveries") });
});

test("a queue that does not take the job means 503", async () => {
  const body = { reason: "a reason that nothing has", confirm: 0 };
  const answer = await askReplays(body, withoutQueue().url, OWN.adminToken);
  expect(answer.headers.get("retry-after")).toBe("10");
  expect([answer.status, await errorCode(answer)]).toEqual([503, "queue_unavailable"]);
});
