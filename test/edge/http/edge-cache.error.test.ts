import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { read } from "../../support/github-reads.ts";

const pool = testPool();

test("errors are not kept", async () => {
  const repository = freshRepository();
  const path = `/repos/${repository.full_name}/actions/insights/summary?as_of=2026-01-04T00:00:00Z`;
  const unknown = await read(path);
  expect([unknown.status, unknown.headers.get("cache-control")]).toEqual([404, null]);
  const ofWorkflow = `${path}&workflow=ci.yml`;
  await store(pool, "workflow_run", workflowRun(repository));
  expect((await read(path)).status).toBe(200);
  const refused = await read(ofWorkflow);
  expect([refused.status, refused.headers.get("cache-control")]).toEqual([422, null]);
  const workflow = { id: repository.id * 10, name: "CI", path: ".github/workflows/ci.yml", state: "active" };
  await store(pool, "workflow_run", { ...workflowRun(repository), workflow });
  expect((await read(ofWorkflow)).status).toBe(200);
});

test("lists, which may change at any time, are not kept", async () => {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository));
  const answer = await read(`/repos/${repository.full_name}/actions/runs`);
  expect(answer.headers.get("cache-control") ?? "").not.toContain("max-age=");
});
