import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { SOURCES } from "../../../functions/edge/sources.ts";
import { getAs, list, locationOf, look, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { bearer } from "../../support/own-edge.ts";

test("a receipt can be followed from the first moment until the delivery is done", async () => {
  const key = randomUUID();
  const body = JSON.stringify(workflowRun(freshRepository()));
  const answer = await deliver("workflow_run", body, { key });
  const path = locationOf(answer);
  expect(["accepted", "done"]).toContain((await look(path)).status);
  const done = await untilSettled(path);
  expect(done).toEqual({
    id: path.slice("/deliveries/".length).split(".")[0],
    status: "done",
    source: "github",
    kind: "webhook",
    key,
    event: "workflow_run",
    outcome: "applied",
    received_at: expect.any(String),
    stored_at: expect.any(String),
    content_type: "application/json",
    size_bytes: Buffer.byteLength(body),
    receives: expect.any(Number),
    replays: 0,
    links: { self: path, stored: `${inject("stack").edgeUrl}/github/api/metrics/workflow-runs` },
  });
  expect(Date.parse(done.stored_at ?? "")).toBeGreaterThanOrEqual(Date.parse(done.received_at) - 1_000);
});

test("a delivery of which nothing is kept is done, ignored, and links nothing stored", async () => {
  const path = locationOf(await deliver("star", { action: "created" }));
  expect(await untilSettled(path)).toMatchObject({ status: "done", outcome: "ignored", links: { self: path } });
});

test("a delivery that repeats a key is done and names the one that counts", async () => {
  const key = randomUUID();
  const payload = workflowRun(freshRepository());
  const first = locationOf(await deliver("workflow_run", payload, { key }));
  await untilSettled(first);
  const again = locationOf(await deliver("workflow_run", payload, { key }));
  const repeated = await untilSettled(again);
  expect(repeated).toMatchObject({
    status: "done",
    key,
    event: "workflow_run",
    links: { self: again, repeats: first },
  });
  expect(repeated.reason).toBeUndefined();
  expect(again).not.toBe(first);
});

test("a refusal under a key that is stored already counts as a repetition of it", async () => {
  const key = randomUUID();
  const first = locationOf(await deliver("workflow_run", workflowRun(freshRepository()), { key }));
  const done = await untilSettled(first);
  const refused = locationOf(await deliver("workflow_run", { workflow_run: 1, repository: {} }, { key }));
  expect(await untilSettled(refused)).toMatchObject({ status: "done", key, links: { self: refused, repeats: first } });
  expect(await look(first)).toEqual(done);
  expect((await list(`key=${key}`)).deliveries).toEqual([done]);
});

test("a delivery that can never be stored is rejected with its reason", async () => {
  const repository = { ...freshRepository(), full_name: "tests/nul\u0000" };
  const path = locationOf(await deliver("workflow_run", workflowRun(repository)));
  const rejected = await untilSettled(path);
  expect(rejected).toMatchObject({
    status: "rejected",
    reason: expect.stringContaining("full_name: a text contains the NUL character, which cannot be stored"),
    refused_at: expect.any(String),
    links: { self: path },
  });
  expect(rejected.outcome).toBeUndefined();
});

test("an admin needs no signature", async () => {
  const path = locationOf(await deliver("workflow_run", workflowRun(freshRepository())));
  const done = await untilSettled(path);
  const { edgeUrl, adminToken } = inject("stack");
  const answer = await fetch(`${edgeUrl}/deliveries/${done.id}`, { headers: bearer(adminToken) });
  expect(await answer.json()).toEqual(done);
});

test("the address is the same on a source's own host, and what it links stands there", async () => {
  const path = locationOf(await deliver("workflow_run", workflowRun(freshRepository())));
  await untilSettled(path);
  const answer = await getAs("github.localhost", path);
  const { port } = new URL(inject("stack").edgeUrl);
  expect(answer.body).toMatchObject({
    links: { self: path, stored: `http://github.localhost:${port}/api/metrics/workflow-runs` },
  });
});

test.each(SOURCES)("where a receipt of $name leads, something is served", async ({ name, listing }) => {
  const answer = await fetch(`${inject("stack").edgeUrl}/${name}${listing}`);
  await answer.arrayBuffer();
  expect(answer.status).toBe(200);
});

test("pages of every origin may read a receipt and the OpenAPI document", async () => {
  const path = locationOf(await deliver("workflow_run", workflowRun(freshRepository())));
  await untilSettled(path);
  for (const one of [path, "/openapi.json"]) {
    const url = `${inject("stack").edgeUrl}${one}`;
    const read = await fetch(url, { headers: { origin: "https://page.example" } });
    await read.arrayBuffer();
    expect([read.status, read.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    const headers = { origin: "https://page.example", "access-control-request-method": "GET" };
    const preflight = await fetch(url, { method: "OPTIONS", headers });
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "GET,HEAD"]);
  }
});
