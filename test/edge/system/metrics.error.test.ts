import { expect, test } from "vitest";
import { errorCode } from "../../support/deliveries-api.ts";
import { metricsOf } from "../../support/metrics.ts";
import { bearer, databaseAt, NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";

const withoutQueue = ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/000000000000/runledger` }));
const withoutDatabase = ownEdge(() => databaseAt(NOWHERE));

test("a queue that does not answer is reported as down, and taken to hold something", async () => {
  const samples = await metricsOf(withoutQueue().url);
  expect(samples.get("runledger_queue_up")).toBe(0);
  expect([...samples.keys()].filter((name) => name.startsWith("runledger_queue_messages"))).toEqual([]);
  expect(samples.get("runledger_queue_busy_seconds")).toBeGreaterThan(0);
  expect(samples.get("runledger_oldest_unstored_seconds")).toBeGreaterThan(0);
});

test("without a database there are no figures to give", async () => {
  const answer = await fetch(`${withoutDatabase().url}/metrics`, { headers: bearer(OWN.metricsToken) });
  expect([answer.status, await errorCode(answer)]).toEqual([503, "database_unavailable"]);
});
