import { expect, test } from "vitest";
import { receiptOf, settled, testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { readObject } from "../../support/github-reads.ts";

/* One part that makes no sense costs that part: the rest of its delivery is stored. */

const pool = testPool();
const SHA = "d".repeat(40);

/** The one row of a view that a repository has. */
async function rowOf(view: string, repository: { full_name: string }): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query(`select * from ${view} where repo = $1`, [repository.full_name]);
  expect(rows).toHaveLength(1);
  return rows[0];
}

test("null among the labels of a job is left out of them", async () => {
  const repository = freshRepository();
  const job = {
    id: repository.id * 100,
    run_id: 1,
    name: "build",
    status: "queued",
    labels: [null, "ubuntu-24.04", 7],
  };
  await store(pool, "workflow_job", { action: "queued", workflow_job: job, repository });
  expect(await rowOf("workflowjobs", repository)).toMatchObject({ labels: ["ubuntu-24.04"], os: "Linux" });
});

test.each([
  ["a conclusion", "success", "completed"],
  ["no conclusion", null, "pending"],
])("a run without a status is stored with the one that %s means", async (_, conclusion, status) => {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository, { status: null, conclusion }));
  expect(await rowOf("workflowruns", repository)).toMatchObject({ status, conclusion });
});

test.each([
  ["a wild offset", "2026-01-02T09:59:00+51:30", "2025-12-31T06:29:00.000Z"],
  ["a year beyond 9999", "292277026596-12-04T15:30:08Z", null],
  ["the year 0", "0000-01-01T00:00:00Z", null],
  ["words for a time", "yesterday", null],
])("%s of a commit does not cost the push", async (_, timestamp, time) => {
  const repository = freshRepository();
  const commit = { id: SHA, message: "Change", timestamp, author: { name: "Octavia" } };
  const push = { ref: "refs/heads/main", before: "0".repeat(40), after: SHA, commits: [commit], head_commit: commit };
  await store(pool, "push", { ...push, repository });
  const row = await rowOf("commits", repository);
  expect(row?.hash).toBe(SHA);
  const { rows } = await pool.query("select time from github.commits where repo_id = $1", [repository.id]);
  expect(rows[0]?.time?.toISOString() ?? null).toBe(time);
  expect(await rowOf("branches", repository)).toMatchObject({ head_sha: SHA });
});

test("the time of a run's head commit may be as wild: run and waterfall are there", async () => {
  const repository = freshRepository();
  const head_commit = {
    id: SHA,
    message: "Change",
    timestamp: "2026-01-02T09:59:00+99:99",
    author: { name: "Octavia" },
  };
  await store(pool, "workflow_run", workflowRun(repository, { head_commit, head_sha: SHA }));
  const { commits } = await readObject(`/repos/${repository.full_name}/actions/insights/waterfall`);
  expect(commits).toMatchObject([{ sha: SHA, time: "2025-12-29T05:20:00Z" }]);
});

test("one commit of a push that is none costs itself", async () => {
  const repository = freshRepository();
  const good = { id: SHA, message: "Change", timestamp: "2026-01-02T09:59:00Z" };
  const commits = [null, { id: null }, good, "commit"];
  await store(pool, "push", { ref: "refs/heads/main", before: "0".repeat(40), after: SHA, commits, repository });
  expect(await rowOf("commits", repository)).toMatchObject({ hash: SHA, message: "Change" });
});

test.each([
  ["actor", "octavia"],
  ["actor", { login: 5 }],
  ["html_url", 5],
  ["workflow_id", "ci"],
  ["check_suite_id", 1.5],
  ["head_repository", { id: "x" }],
  ["head_commit", []],
  ["run_started_at", "soon"],
])("a run's %s that makes no sense is left out", async (name, value) => {
  const repository = freshRepository();
  const payload = workflowRun(repository, { [name]: value });
  await store(pool, "workflow_run", payload);
  expect(await rowOf("workflowruns", repository)).toMatchObject({
    status: "completed",
    attempt: 1,
    branchname: "main",
  });
  const run = await readObject(`/repos/${repository.full_name}/actions/runs/${payload.workflow_run.id}`);
  expect(run).toMatchObject({ id: payload.workflow_run.id, conclusion: "success" });
});

test("a workflow that makes no sense does not cost its run", async () => {
  const repository = freshRepository();
  await store(pool, "workflow_run", { ...workflowRun(repository), workflow: { id: "x", name: 7 } });
  expect(await rowOf("workflowruns", repository)).toMatchObject({ workflowname: "CI" });
});

test.each([
  ["workflow_run", { action: "completed" }],
  ["push", { ref: "refs/heads/main", repository: null }],
  ["repository", { organization: { login: "tests" } }],
  ["registry_package", { repository: 7, odd: [[[]]] }],
])("a %s without a repository is ignored", async (event, payload) => {
  const answer = await deliver(event, payload);
  expect(await settled(pool, receiptOf(answer))).toMatchObject({ how: "inbox" });
  const { rows } = await pool.query("select outcome from ledger.inbox where receipt_id = $1", [receiptOf(answer)]);
  expect(rows).toEqual([{ outcome: "ignored" }]);
});

test.each(["id", "created_at"])("a run without its %s is still rejected, with the reason", async (name) => {
  const answer = await deliver("workflow_run", workflowRun(freshRepository(), { [name]: null }));
  expect(await settled(pool, receiptOf(answer))).toMatchObject({
    how: "rejected",
    reason: expect.stringContaining(`workflow_run.${name}: `),
  });
});
