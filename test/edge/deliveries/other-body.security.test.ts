import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { locationOf, look, replay, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";

/* The id of a delivery is outside its signature: whoever saw a signed one can send another under the same id. */

const pool = testPool();
const OTHER = "repeated with another body";
const counted = async () => {
  const total = "select coalesce(sum(total), 0)::int as n from ledger.delivery_counts where outcome = 'repeat_differs'";
  return (await pool.query(total)).rows[0].n;
};
const send = async (key: string, payload: unknown) =>
  await untilSettled(locationOf(await deliver("workflow_run", payload, { key })));

test("the same id with another body changes nothing, and its receipt and the counters say so", async () => {
  const [key, repository, before] = [randomUUID(), freshRepository(), await counted()];
  const first = await send(key, workflowRun(repository));
  const second = await send(key, workflowRun(repository, { conclusion: "failure" }));
  expect(second).toMatchObject({ status: "done", reason: OTHER, links: { repeats: first.links.self } });
  expect(first.reason).toBeUndefined();
  expect((await look(first.links.self)).reason).toBeUndefined();
  expect(await counted()).toBe(before + 1);
  const { rows } = await pool.query("select conclusion from github.runs where repo_id = $1", [repository.id]);
  expect(rows).toEqual([{ conclusion: "success" }]);
});

test("two bodies under one id in the same moment: one is stored, the other says so", async () => {
  const [key, repository] = [randomUUID(), freshRepository()];
  const both = ["success", "failure"].map((conclusion) => send(key, workflowRun(repository, { conclusion })));
  const reasons = (await Promise.all(both)).map(({ reason }) => reason);
  expect(reasons.toSorted()).toEqual([OTHER, undefined]);
});

test("another body that cannot be stored says so too", async () => {
  const [key, before] = [randomUUID(), await counted()];
  await send(key, workflowRun(freshRepository()));
  const second = await send(key, { workflow_run: 1, repository: {} });
  expect([second.status, second.reason]).toEqual(["done", OTHER]);
  expect(await counted()).toBe(before + 1);
});

test("a mended delivery under the id of a refused one repeats nothing", async () => {
  const [key, repository, before] = [randomUUID(), freshRepository(), await counted()];
  const refused = await send(key, { workflow_run: 1, repository: {} });
  const mended = await send(key, workflowRun(repository));
  expect([mended.status, mended.reason]).toEqual(["done", undefined]);
  expect((await look(refused.links.self)).reason).toBeUndefined();
  expect(await counted()).toBe(before);
});

test("what was stored before digests were kept is never told from another", async () => {
  const [key, repository, before] = [randomUUID(), freshRepository(), await counted()];
  await send(key, workflowRun(repository));
  await pool.query("update ledger.inbox set digest = null where key = $1", [key]);
  const second = await send(key, workflowRun(repository, { conclusion: "failure" }));
  expect([second.status, second.reason]).toEqual(["done", undefined]);
  expect(await counted()).toBe(before);
});

test("a replay is no repeat", async () => {
  const [key, before] = [randomUUID(), await counted()];
  const first = await send(key, workflowRun(freshRepository()));
  const replayed = locationOf(await replay(first.links.self, inject("stack").edgeUrl));
  await expect.poll(async () => (await look(replayed)).replays, { timeout: 20_000 }).toBe(1);
  const ended = await untilSettled(replayed);
  expect([ended.status, ended.reason]).toEqual(["done", undefined]);
  expect(await counted()).toBe(before);
});
