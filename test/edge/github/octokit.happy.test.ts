import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase, recordedList, recordedRuns, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();
const iree = { owner: "iree-org", repo: "iree-like" };

/** GitHub's own client; only its base is another. */
const github = () => new Octokit({ baseUrl: githubBase(), auth: "ghp_any" });

test("octokit walks all runs by Link", async () => {
  const { actions, paginate } = github();
  const runs = await paginate(actions.listWorkflowRunsForRepo, { ...iree, per_page: 100 });
  expect(runs.map(({ id }) => id)).toEqual(recordedRuns().map(({ id }) => id));
  const failed = await paginate(actions.listWorkflowRuns, { ...iree, workflow_id: "pkgci.yml", status: "failure" });
  const wanted = recordedRuns().filter((run) => run.workflow_id === 200018 && run.conclusion === "failure");
  expect(failed.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
});

test("octokit reads a run, its attempts and its jobs", async () => {
  const { actions } = github();
  const { data: run } = await actions.getWorkflowRun({ ...iree, run_id: 13401005144 });
  expect([run.name, run.run_attempt, run.actor?.login]).toEqual(["PkgCI", 3, "tkowal"]);
  const first = await actions.getWorkflowRunAttempt({ ...iree, run_id: run.id, attempt_number: 1 });
  expect(first.data.updated_at).toBe("2025-03-07T20:05:36Z");
  const { data: latest } = await actions.listJobsForWorkflowRun({ ...iree, run_id: run.id });
  const { data: all } = await actions.listJobsForWorkflowRun({ ...iree, run_id: run.id, filter: "all" });
  expect(all.total_count).toBeGreaterThan(latest.total_count);
  const of = await actions.listJobsForWorkflowRunAttempt({ ...iree, run_id: run.id, attempt_number: 3 });
  expect(of.data).toEqual(latest);
  const { data: job } = await actions.getJobForWorkflowRun({ ...iree, job_id: latest.jobs[0]?.id ?? 0 });
  expect(job).toEqual(latest.jobs[0]);
});

test("octokit reads repository, workflows, branches and commits", async () => {
  const { actions, repos, rateLimit, paginate } = github();
  const { data: repository } = await repos.get(iree);
  expect(repository.url).toBe(`${githubBase()}/repos/iree-org/iree-like`);
  const workflows = await paginate(actions.listRepoWorkflows, { ...iree, per_page: 5 });
  expect(workflows.length).toBe(12);
  const { data: workflow } = await actions.getWorkflow({ ...iree, workflow_id: "ci.yml" });
  expect(workflow).toEqual(workflows.find(({ path }) => path === ".github/workflows/ci.yml"));
  const branches = await paginate(repos.listBranches, { ...iree, per_page: 9 });
  expect(branches.map(({ name }) => name)).toEqual(recordedList("branches.json").map(({ name }) => name));
  const { data: branch } = await repos.getBranch({ ...iree, branch: "users/hanako/量子化" });
  const commits = await paginate(repos.listCommits, { ...iree, per_page: 100 });
  expect(commits.length).toBe(200);
  const { data: head } = await repos.getCommit({ ...iree, ref: commits[0]?.sha ?? "" });
  expect([branch.commit.sha, head.commit.message]).toEqual([expect.any(String), commits[0]?.commit.message]);
  expect((await rateLimit.get()).data.rate.remaining).toBe(5_000);
});

test("octokit follows the urls inside an answer", async () => {
  const { actions, request } = github();
  const { data: run } = await actions.getWorkflowRun({ ...iree, run_id: 13401727532 });
  for (const [url, key] of [
    [run.url, "id"],
    [run.jobs_url, "jobs"],
    [run.workflow_url, "path"],
    [run.repository.url, "full_name"],
  ] as const)
    expect((await request(`GET ${url}`)).data).toHaveProperty(key);
});

test("octokit sees its error class, 304 and the redirect of a renamed repository", async () => {
  const { actions, repos } = github();
  await expect(actions.getWorkflowRun({ ...iree, run_id: 1 })).rejects.toMatchObject({
    name: "HttpError",
    status: 404,
    response: { data: { message: "Not Found" } },
  });
  await expect(repos.getBranch({ ...iree, branch: "nope" })).rejects.toThrow("Branch not found");
  const { headers } = await repos.get(iree);
  const again = repos.get({ ...iree, headers: { "if-none-match": headers.etag ?? "" } });
  await expect(again).rejects.toMatchObject({ status: 304 });

  const old = freshRepository();
  await store(pool, "workflow_run", workflowRun(old));
  const changes = { repository: { name: { from: old.name } } };
  const now = { ...old, name: `${old.name}-2`, full_name: `${old.full_name}-2`, updated_at: "2026-02-01T00:00:00Z" };
  await store(pool, "repository", { action: "renamed", repository: now, changes });
  const { data } = await actions.listWorkflowRunsForRepo({ owner: "tests", repo: old.name, branch: "main" });
  expect(data.total_count).toBe(1);
});
