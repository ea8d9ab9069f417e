import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase, IREE, ours, RunList, readObject, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

/** The least that is stored: everything else is absent, as in payloads of older servers. */
function leastRun(repository: Repository) {
  const { id, status, created_at, updated_at } = workflowRun(repository).workflow_run;
  return { id, status, created_at, updated_at };
}

test("whatever a sender left out, an answer has every field of a scraped one", async () => {
  const repository = freshRepository();
  const least = leastRun(repository);
  const workflow = { id: repository.id * 10, name: "CI" };
  await store(pool, "workflow_run", { action: "completed", workflow_run: least, workflow, repository });
  const job = { id: repository.id * 100 + 5, run_id: least.id, name: "build", status: "queued" };
  await store(pool, "workflow_job", { action: "queued", workflow_job: job, repository });

  const path = `/repos/${repository.full_name}`;
  const run = await readObject(`${path}/actions/runs/${least.id}`);
  expect(run).toMatchObject({ ...least, run_attempt: 1, conclusion: null, pull_requests: [], head_commit: null });
  const kinds = [
    [run, `${IREE}/actions/runs/13401727532`],
    [await readObject(`${path}/actions/jobs/${job.id}`), `${IREE}/actions/jobs/40200001480`],
    [await readObject(`${path}/actions/workflows/${workflow.id}`), `${IREE}/actions/workflows/ci.yml`],
  ] as const;
  for (const [own, scraped] of kinds)
    expect(Object.keys(own).sort()).toEqual(Object.keys(await readObject(scraped)).sort());
});

test("a repository known from a push reads like one from the REST API", async () => {
  const fresh = freshRepository();
  const repository = { ...fresh, url: fresh.html_url, created_at: 1_577_836_800, pushed_at: 1_735_689_600 };
  const sha = "1234567890abcdef1234567890abcdef12345678";
  const author = { name: "Octavia", email: "o@example.org", username: "octavia" };
  const commit = { id: sha, message: "Fix 😀 \\ it", timestamp: "2025-01-01T02:00:00+02:00", author };
  const push = { ref: "refs/heads/a/b", before: "0".repeat(40), after: sha, commits: [commit], head_commit: commit };
  await store(pool, "push", { ...push, pusher: { name: "octavia" }, repository });

  const url = `${githubBase()}/repos/${fresh.full_name}`;
  const path = `/repos/${fresh.full_name}`;
  expect(await readObject(path)).toMatchObject({
    id: fresh.id,
    url,
    html_url: fresh.html_url,
    created_at: "2020-01-01T00:00:00Z",
    pushed_at: "2025-01-01T00:00:00Z",
    owner: { login: "tests" },
  });
  const branch = { name: "a/b", commit: { sha, url: `${url}/commits/${sha}` }, protected: false };
  for (const name of ["a/b", "a%2Fb"]) expect(await readObject(`${path}/branches/${name}`)).toMatchObject(branch);
  expect(await readObject(`${path}/commits/${sha}`)).toMatchObject({
    sha,
    url: `${url}/commits/${sha}`,
    html_url: `${fresh.html_url}/commit/${sha}`,
    commit: { message: commit.message, author: { name: "Octavia", date: "2025-01-01T00:00:00Z" } },
    author: { login: "octavia", html_url: "https://github.com/octavia" },
  });
  const commits = await fetch(`${url}/commits?sha=a/b`);
  expect(z.array(z.looseObject({ sha: z.string() })).parse(await commits.json())).toMatchObject([{ sha }]);
});

test("a re-run shows the newest attempt, and the totals follow it", async () => {
  const repository = freshRepository();
  const first = workflowRun(repository, { conclusion: "failure" });
  const again = { run_attempt: 2, status: "queued", conclusion: null, updated_at: "2026-01-03T10:00:00Z" };
  await store(pool, "workflow_run", first);
  await store(pool, "workflow_run", workflowRun(repository, again));
  const path = `/repos/${repository.full_name}/actions/runs`;
  const list = async (query: string) => RunList.parse(await readObject(`${path}?${query}`));
  expect(await list("")).toMatchObject({ total_count: 1, workflow_runs: [again] });
  expect(await list("status=failure")).toEqual({ total_count: 0, workflow_runs: [] });
  expect(await list("status=completed")).toEqual({ total_count: 0, workflow_runs: [] });
  expect(await list("status=queued")).toMatchObject({ total_count: 1 });
  const attempt = await readObject(`${path}/${first.workflow_run.id}/attempts/1`);
  expect(attempt).toMatchObject({ run_attempt: 1, conclusion: "failure" });
});

test("a run is read as it was sent: unknown fields, __proto__, depth, and texts that look like urls", async () => {
  const repository = freshRepository();
  const odd = {
    display_title: '"url": "https://api.github.com/x" \\ 😀 \u2028',
    unknown: {
      url: "https://api.github.com/repos/o/r",
      list: [{ jobs_url: "https://api.github.com/jobs" }, null, 1.5],
    },
    website: "https://api.github.com/x",
  };
  const payload = workflowRun(repository, odd);
  const nested = `${"[".repeat(400)}${"]".repeat(400)}`;
  const text = JSON.stringify(payload).replace(
    '"display_title"',
    `"__proto__":{"polluted":true},"constructor":{"url":"https://api.github.com/c"},"deep":${nested},"display_title"`,
  );
  await store(pool, "workflow_run", text);
  const read = await fetch(`${githubBase()}/repos/${repository.full_name}/actions/runs/${payload.workflow_run.id}`);
  const run = z.looseObject({}).parse(JSON.parse(await read.text()));
  expect(read.status).toBe(200);
  expect(run).toMatchObject(z.looseObject({}).parse(ours(odd)));
  expect(Object.getOwnPropertyDescriptor(run, "constructor")?.value).toEqual({ url: `${githubBase()}/c` });
  expect(JSON.stringify(run.deep)).toBe(nested);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
