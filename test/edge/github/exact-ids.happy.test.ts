import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase } from "../../support/github-reads.ts";

/* Ids and numbers that no double holds come back to the digit. */

const pool = testPool();

const RUN = "9007199254740993";
const JOB = "9007199254740995";
const WORKFLOW = "9007199254740997";
const FRACTION = "0.10000000000000000555";
const raw = (digits: string) => JSON.rawJSON(digits);

async function text(path: string): Promise<string> {
  const answer = await fetch(`${githubBase()}${path}`);
  expect(answer.status).toBe(200);
  return await answer.text();
}

test("a run, its job and its workflow with ids beyond 2^53 are read back as they were sent", async () => {
  const repository = freshRepository();
  const change = {
    id: raw(RUN),
    workflow_id: raw(WORKFLOW),
    check_suite_id: raw("9223372036854775807"),
    odd: raw(FRACTION),
  };
  const payload = workflowRun(repository, { ...change, status: "completed", conclusion: "failure" });
  const workflow = { id: raw(WORKFLOW), name: "CI", path: ".github/workflows/ci.yml", state: "active" };
  await store(pool, "workflow_run", { ...payload, workflow });
  const times = {
    created_at: "2026-01-02T10:00:00Z",
    started_at: "2026-01-02T10:00:09Z",
    completed_at: "2026-01-02T10:10:00Z",
  };
  const job = {
    id: raw(JOB),
    run_id: raw(RUN),
    name: "build",
    status: "completed",
    conclusion: "success",
    labels: [],
    ...times,
  };
  await store(pool, "workflow_job", { action: "completed", workflow_job: job, repository });

  const path = `/repos/${repository.full_name}/actions`;
  const run = await text(`${path}/runs/${RUN}`);
  for (const digits of [RUN, WORKFLOW, "9223372036854775807", FRACTION]) expect(run).toContain(`: ${digits}`);
  expect(await text(`${path}/runs`)).toContain(RUN);
  expect(await text(`${path}/runs?check_suite_id=9223372036854775807`)).toContain(`"total_count": 1,`);
  expect(await text(`${path}/runs/${RUN}/jobs`)).toContain(JOB);
  expect(await text(`${path}/jobs/${JOB}`)).toContain(`"run_id": ${RUN}`);
  expect(await text(`${path}/workflows/${WORKFLOW}/runs`)).toContain(RUN);
  const insights = `${path}/insights`;
  expect(await text(`${insights}/failures?until=2026-01-03`)).toContain(`"latest_run_id": ${RUN}`);
  const waterfall = await text(`${insights}/waterfall`);
  expect(waterfall).toContain(`"${WORKFLOW}": {`);
  expect(waterfall).toContain(`"run_id": ${RUN}`);
  expect(await text(`${insights}/queue-times?since=2026-01-02&until=2026-01-03`)).toContain(`"max":9`);

  const { rows } = await pool.query("select gitid::text, workflow_id::text from workflowruns where repo = $1", [
    repository.full_name,
  ]);
  expect(rows).toEqual([{ gitid: RUN, workflow_id: WORKFLOW }]);
});

test("ids that differ only beyond the digits of a double stay two runs", async () => {
  const repository = freshRepository();
  const ids = ["9007199254741993", "9007199254741992"];
  for (const id of ids) await store(pool, "workflow_run", workflowRun(repository, { id: raw(id) }));
  const { rows } = await pool.query("select gitid::text from workflowruns where repo = $1 order by gitid desc", [
    repository.full_name,
  ]);
  expect(rows.map(({ gitid }) => gitid)).toEqual(ids);
});

test("a repository with an id beyond 2^53 is found by it, and its former name leads there", async () => {
  const fresh = freshRepository();
  const repository = { ...fresh, id: raw("9007199254742001") };
  await store(pool, "push", {
    ref: "refs/heads/main",
    before: "0".repeat(40),
    after: "c".repeat(40),
    commits: [],
    repository,
  });
  const renamed = {
    ...repository,
    name: `${fresh.name}-new`,
    full_name: `${fresh.full_name}-new`,
    updated_at: "2026-02-01T00:00:00Z",
  };
  const changes = { repository: { name: { from: fresh.name } } };
  await store(pool, "repository", { action: "renamed", changes, repository: renamed });
  expect(await text("/repositories/9007199254742001")).toContain('"id": 9007199254742001');
  const moved = await fetch(`${githubBase()}/repos/${fresh.full_name}`, { redirect: "manual" });
  expect(moved.headers.get("location")).toMatch(/\/repositories\/9007199254742001$/);
});
