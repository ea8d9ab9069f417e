import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase, readObject } from "../../support/github-reads.ts";

/* Names are not identity: of workflows, of runs, of repositories. */

const pool = testPool();
const WINDOW = "since=2026-01-02&until=2026-01-03";

async function storeRunOf(repository: Repository, number: number, workflow: object, name: string) {
  const id = repository.id * 100 + number;
  const workflow_id = repository.id * 10 + number;
  const payload = workflowRun(repository, { id, workflow_id, name });
  await store(pool, "workflow_run", { ...payload, workflow: { id: workflow_id, state: "active", ...workflow } });
  const times = {
    created_at: "2026-01-02T10:00:00Z",
    started_at: "2026-01-02T10:00:09Z",
    completed_at: "2026-01-02T10:10:00Z",
  };
  const job = {
    id: id * 10,
    run_id: id,
    name: "build",
    status: "completed",
    conclusion: "success",
    runner_id: 1,
    ...times,
  };
  await store(pool, "workflow_job", { action: "completed", workflow_job: job, repository });
}

test("queue times tell workflows of one name apart, by their file", async () => {
  const repository = freshRepository();
  await storeRunOf(repository, 1, { name: "CI", path: ".github/workflows/ci.yml" }, "Deploy to x");
  await storeRunOf(repository, 2, { name: "CI", path: ".github/workflows/ci-skip.yml" }, "CI");
  await storeRunOf(repository, 3, { name: "Lint", path: ".github/workflows/lint.yml" }, "Lint it");
  const path = `/repos/${repository.full_name}/actions/insights/queue-times?group_by=workflow&${WINDOW}`;
  const { groups } = await readObject(path);
  expect(groups).toMatchObject([
    { group: ".github/workflows/ci-skip.yml", count: 1 },
    { group: ".github/workflows/ci.yml", count: 1 },
    { group: "Lint", count: 1 },
  ]);
});

test("the dashboards and the view name a run's workflow, not the run", async () => {
  const repository = freshRepository();
  await storeRunOf(repository, 1, { name: "Lint" }, "Deploy docs to production by octavia");
  const { rows } = await pool.query("select workflowname from workflowruns where repo = $1", [repository.full_name]);
  expect(rows).toEqual([{ workflowname: "Lint" }]);
  const feed = await fetch(
    `${new URL(githubBase()).origin}/github/api/metrics/workflowruns?days=1&repo=${repository.full_name}&branch=all&as_of=2026-01-02T12:00:00Z`,
  );
  expect(await feed.json()).toMatchObject([{ workflowname: "Lint", results: { Lint: "O", Doc: "?" } }]);
});

test("a name that a new repository has taken leaves the old one", async () => {
  const old = freshRepository();
  await storeRunOf(old, 1, { name: "CI" }, "CI");
  const { name, full_name } = old;
  const young = { ...freshRepository(), name, full_name, updated_at: "2026-01-09T00:00:00Z" };
  await storeRunOf(young, 1, { name: "CI" }, "CI");
  // A late delivery of the old one does not take it back.
  await storeRunOf(old, 2, { name: "CI" }, "CI");

  expect(await readObject(`/repos/${full_name}`)).toMatchObject({ id: young.id });
  expect(await readObject(`/repos/${full_name}/actions/runs`)).toMatchObject({ total_count: 1 });
  expect(await readObject(`/repositories/${old.id}`)).toMatchObject({
    id: old.id,
    full_name: `${full_name}~${old.id}`,
  });
  const { rows } = await pool.query("select name from repos where github_id = any($1) order by github_id", [
    [old.id, young.id],
  ]);
  expect(rows).toEqual([{ name: `${full_name}~${old.id}` }, { name: full_name }]);

  await storeRunOf({ ...old, name: `${name}-2`, full_name: `${full_name}-2` }, 3, { name: "CI" }, "CI");
  expect(await readObject(`/repos/${full_name}-2/actions/runs`)).toMatchObject({ total_count: 3 });
});

test("the order in which two repositories of one name are met makes no difference", async () => {
  const old = freshRepository();
  const { name, full_name } = old;
  const young = { ...freshRepository(), name, full_name, updated_at: "2026-01-09T00:00:00Z" };
  await storeRunOf(young, 1, { name: "CI" }, "CI");
  await storeRunOf(old, 1, { name: "CI" }, "CI");
  expect(await readObject(`/repos/${full_name}`)).toMatchObject({ id: young.id });
  expect(await readObject(`/repositories/${old.id}`)).toMatchObject({ full_name: `${full_name}~${old.id}` });
});

test.each([
  [["queued", "waiting"], "queued"],
  [["waiting", "queued"], "queued"],
  [["queued", "requested", "pending"], "queued"],
  [["in_progress", "queued", "waiting"], "in_progress"],
])("of a job that was told of as %s, %s counts", async (statuses, shown) => {
  const repository = freshRepository();
  const job = { id: repository.id * 100, run_id: repository.id, name: "deploy" };
  for (const status of statuses)
    await store(pool, "workflow_job", { action: status, workflow_job: { ...job, status }, repository });
  expect(await readObject(`/repos/${repository.full_name}/actions/jobs/${job.id}`)).toMatchObject({ status: shown });
});

test("of a run's states of one second the furthest counts", async () => {
  const repository = freshRepository();
  const open = { conclusion: null, updated_at: "2026-01-02T10:00:00Z" };
  for (const status of ["queued", "waiting"])
    await store(pool, "workflow_run", workflowRun(repository, { ...open, status }));
  const { rows } = await pool.query("select status from workflowruns where repo = $1", [repository.full_name]);
  expect(rows).toEqual([{ status: "queued" }]);
});
