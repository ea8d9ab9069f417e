import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { list, locationOf, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";

/** Sends one delivery and waits for its end; returns its id. */
async function settledId(event: string, key: string = randomUUID()): Promise<string> {
  const payload = event === "workflow_run" ? workflowRun(freshRepository()) : { action: "created" };
  return (await untilSettled(locationOf(await deliver(event, payload, { key })))).id;
}

test("deliveries are listed newest first, as each answers alone", async () => {
  const older = await settledId("workflow_run");
  const newer = await settledId("star");
  const { deliveries } = await list("limit=200");
  const ids = deliveries.map(({ id }) => id);
  expect(ids.indexOf(newer)).toBeGreaterThanOrEqual(0);
  expect(ids.indexOf(newer)).toBeLessThan(ids.indexOf(older));
  expect(ids).toEqual([...ids].sort().reverse());
  const one = deliveries[ids.indexOf(newer)];
  expect(await untilSettled(one?.links.self ?? "")).toEqual(one);
});

test("pages join without gap or repetition, whatever arrives meanwhile", async () => {
  for (let n = 0; n < 5; n += 1) await settledId("star");
  const whole = (await list("limit=5")).deliveries.map(({ id }) => id);
  const paged: string[] = [];
  let cursor = "";
  while (paged.length < 5) {
    const { deliveries, next } = await list(`limit=2${cursor}`);
    paged.push(...deliveries.map(({ id }) => id));
    expect(next).toBe(deliveries.at(-1)?.id);
    cursor = `&cursor=${next}`;
    await settledId("star");
  }
  expect(paged.slice(0, 2)).toEqual(whole.slice(0, 2));
  expect(paged.slice(0, 5)).toEqual(whole);
});

test("the last page says so", async () => {
  const key = randomUUID();
  const id = await settledId("star", key);
  const page = await list(`key=${key}`);
  expect([page.deliveries.map((one) => one.id), page.next]).toEqual([[id], null]);
});

test("filters choose by state, source, event and key, alone and together", async () => {
  const key = randomUUID();
  const star = await settledId("star", key);
  const run = await settledId("workflow_run");
  const refused = locationOf(await deliver("workflow_run", { workflow_run: "no object", repository: {} }));
  const rejected = (await untilSettled(refused)).id;
  const found = async (query: string) => {
    const ids = (await list(`limit=200&${query}`)).deliveries.map(({ id }) => id);
    return [star, run, rejected].map((id) => ids.includes(id));
  };
  expect(await found("state=all")).toEqual([true, true, true]);
  expect(await found("state=done")).toEqual([true, true, false]);
  expect(await found("state=rejected")).toEqual([false, false, true]);
  expect(await found("state=done&state=rejected")).toEqual([true, true, true]);
  expect(await found("state=dead&state=waiting")).toEqual([false, false, false]);
  expect(await found("source=github")).toEqual([true, true, true]);
  expect(await found("source=kernelci&source=qaboard")).toEqual([false, false, false]);
  expect(await found("event=star")).toEqual([true, false, false]);
  expect(await found("event=star&event=workflow_run&state=done")).toEqual([true, true, false]);
  expect(await found(`key=${key}`)).toEqual([true, false, false]);
  expect(await found(`key=${key}&event=push`)).toEqual([false, false, false]);
  expect(await found(`key=${key}&source=github&state=rejected`)).toEqual([false, false, false]);
});
