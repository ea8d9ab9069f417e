import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { IREE, read, readObject, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const NAMES = ["summary", "timeseries", "waterfall", "flaky", "queue-times", "failures"];
const AS_OF = "as_of=2025-03-20T12:00:00Z";
const Cells = z.object({
  commits: z.array(z.looseObject({ sha: z.string(), cells: z.record(z.string(), z.looseObject({})) })),
});

/** A run's webhook that also tells of its workflow. */
function runOf(repository: Repository, change: Record<string, unknown>) {
  const name = "CI";
  const workflow = { id: repository.id * 10, name, path: ".github/workflows/ci.yml", state: "active" };
  return { ...workflowRun(repository, change), workflow: { ...workflow, updated_at: "2026-01-01T00:00:00Z" } };
}

/** A fresh repository: a run that failed and then succeeded when run again, and a later one that failed. */
async function repositoryWithRuns(): Promise<Repository> {
  const repository = freshRepository();
  const own = { head_repository: { id: repository.id } };
  const first = { ...own, created_at: "2026-01-02T10:00:00Z", run_started_at: "2026-01-02T10:00:00Z" };
  const again = {
    ...first,
    run_attempt: 2,
    run_started_at: "2026-01-02T11:00:00Z",
    updated_at: "2026-01-02T11:10:00Z",
  };
  const later = {
    ...own,
    id: repository.id * 100 + 2,
    head_sha: "b".repeat(40),
    head_commit: {
      id: "b".repeat(40),
      message: "Break it",
      timestamp: "2026-01-03T08:00:00Z",
      author: { name: "Hanako" },
    },
    created_at: "2026-01-03T09:00:00Z",
    run_started_at: "2026-01-03T09:00:00Z",
    updated_at: "2026-01-03T09:05:00Z",
    conclusion: "timed_out",
  };
  await store(pool, "workflow_run", runOf(repository, { ...first, conclusion: "failure" }));
  await store(pool, "workflow_run", runOf(repository, again));
  await store(pool, "workflow_run", runOf(repository, later));
  const job = {
    id: repository.id * 100 + 50,
    run_id: repository.id * 100 + 2,
    run_attempt: 1,
    name: "build",
    status: "completed",
    conclusion: "failure",
    created_at: "2026-01-03T09:00:00Z",
    started_at: "2026-01-03T09:01:30Z",
    completed_at: "2026-01-03T09:05:00Z",
    labels: ["windows-2022"],
    runner_id: 7,
    runner_name: "runner 7",
    runner_group_name: "Own",
  };
  await store(pool, "workflow_job", { action: "completed", workflow_job: job, repository });
  return repository;
}

test("what webhooks told is in every insight", async () => {
  const repository = await repositoryWithRuns();
  const ask = (name: string, query = "") =>
    readObject(`/repos/${repository.full_name}/actions/insights/${name}?as_of=2026-01-04T00:00:00Z${query}`);
  expect(await ask("summary")).toMatchObject({
    since: "2025-12-28T00:00:00Z",
    until: "2026-01-04T00:00:00Z",
    total_count: 2,
    success: 1,
    failure: 1,
    success_rate: 0.5,
    reruns: 1,
    flaky_runs: 1,
    duration: { count: 2, avg: (600 + 210) / 2, p50: 210, max: 600 },
    queue: { count: 2, avg: 45, p50: 0, p99: 90, max: 90 },
    queued_now: 0,
    longest_queued_seconds: null,
    last_push_at: "2026-01-03T09:00:00Z",
  });
  const { buckets } = z.object({ buckets: z.array(z.looseObject({})) }).parse(await ask("timeseries", "&period=3d"));
  expect(buckets.map(({ start, total_count }) => [start, total_count])).toEqual([
    ["2026-01-01T00:00:00Z", 0],
    ["2026-01-02T00:00:00Z", 1],
    ["2026-01-03T00:00:00Z", 1],
  ]);
  const path = ".github/workflows/ci.yml";
  const workflow_id = repository.id * 10;
  const rows = Cells.parse(await ask("waterfall")).commits;
  expect(rows).toMatchObject([
    { sha: "b".repeat(40), title: "Break it", author: "Hanako", time: "2026-01-03T08:00:00Z" },
    { sha: "a".repeat(40), title: "Change something", author: "Octavia", time: "2026-01-02T09:59:00Z" },
  ]);
  const cells = rows.map((row) => row.cells[workflow_id]);
  expect(cells).toMatchObject([
    { result: "X", flaky: false },
    { result: "O", flaky: true, run_attempt: 2 },
  ]);
  expect(await ask("flaky")).toMatchObject({
    since: "2025-12-05T00:00:00Z",
    total_count: 1,
    workflows: [{ workflow_id, name: "CI", path, commits: 2, flaky_commits: 1, flake_rate: 0.5, reruns: 1 }],
  });
  expect(await ask("queue-times")).toMatchObject({ group_by: "os", groups: [{ group: "Windows", count: 1, avg: 90 }] });
  expect(await ask("failures")).toMatchObject({
    branch: "main",
    failing: 1,
    workflows: [{ workflow_id, state: "failing", consecutive_failures: 1, last_success_sha: "a".repeat(40) }],
  });
});

test.each(NAMES)("%s is the same by name, in any case, and by id", async (name) => {
  const below = `/actions/insights/${name}?${AS_OF}`;
  const answers = await Promise.all(
    [IREE, "/repos/IREE-org/IREE-Like", "/repositories/700100200"].map((place) => readObject(place + below)),
  );
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test.each([
  ["summary", 7],
  ["timeseries", 7],
  ["queue-times", 7],
  ["flaky", 30],
])("%s without parameters is about the last %i days", async (name, days) => {
  const before = Math.floor(Date.now() / 1_000) * 1_000;
  const answer = await readObject(`${IREE}/actions/insights/${name}?actor=&bucket=&group_by=&workflow=`);
  const { since, until } = z.object({ since: z.iso.datetime(), until: z.iso.datetime() }).parse(answer);
  expect(Date.parse(until)).toBeGreaterThanOrEqual(before - 15_000);
  expect(Date.parse(until)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(until) - Date.parse(since)).toBe(days * 86_400_000);
});

test("filters combine: a summary counts the runs that the list shows", async () => {
  for (const filter of ["branch=main", "event=push", "actor=octavia", "branch=main&event=schedule", "actor=nobody"]) {
    const { total_count: listed } = await readObject(`${IREE}/actions/runs?${filter}`);
    const { total_count } = await readObject(`${IREE}/actions/insights/summary?${AS_OF}&period=52w&${filter}`);
    expect([filter, total_count]).toEqual([filter, listed]);
  }
  const of = async (query: string) =>
    (await readObject(`${IREE}/actions/insights/summary?${AS_OF}&period=52w${query}`)).total_count;
  const [ci, pkgci, both] = await Promise.all([
    of("&workflow=ci.yml"),
    of("&workflow=200018"),
    of("&workflow=ci.yml&workflow=200018&workflow=ci.yml"),
  ]);
  expect([ci, pkgci, both]).toEqual([62, 52, 114]);
});

test("as_of hides later runs, even from a window that reaches beyond it", async () => {
  const window = "since=2025-03-19T00:00:00Z&until=2025-03-21T00:00:00Z";
  const counts = ["2025-03-19T11:00:00Z", "2025-03-20T00:00:00Z", "2025-03-20T12:00:00Z"].map(async (asOf) => {
    const query = `${window}&as_of=${asOf}`;
    return Number((await readObject(`${IREE}/actions/insights/summary?${query}`)).total_count);
  });
  const [early = 0, later = 0, all = 0] = await Promise.all(counts);
  expect(early).toBeGreaterThan(0);
  expect(later).toBeGreaterThan(early);
  expect(all).toBeGreaterThan(later);
});

test("a waterfall links its pages, an unchanged insight is 304, HEAD has no body", async () => {
  const path = `${IREE}/actions/insights/waterfall?${AS_OF}&per_page=30&page=2`;
  const answer = await read(path);
  expect(answer.headers.get("link")).toMatch(/page=1>; rel="prev".*page=3>; rel="next".*page=3>; rel="last"/);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  const etag = answer.headers.get("etag") ?? "";
  const same = await read(path, { headers: { "if-none-match": etag } });
  expect([same.status, await same.text()]).toEqual([304, ""]);
  const head = await read(path, { method: "HEAD" });
  expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", etag]);
});

test("a stuck run leaves the queue 36 hours after it was made", async () => {
  const repository = freshRepository();
  const made = "2026-01-02T10:00:00Z";
  const stuck = { status: "queued", conclusion: null, created_at: made, updated_at: made };
  const told = { ...stuck, id: repository.id * 100 + 2, updated_at: "2026-01-02T10:00:05Z" };
  await store(pool, "workflow_run", workflowRun(repository, stuck));
  await store(pool, "workflow_run", workflowRun(repository, told));
  const at = (asOf: string) => readObject(`/repos/${repository.full_name}/actions/insights/summary?as_of=${asOf}`);
  expect(await at("2026-01-03T22:00:00Z")).toMatchObject({ queued: 2, queued_now: 2, longest_queued_seconds: 129_600 });
  expect(await at("2026-01-03T22:00:01Z")).toMatchObject({ queued: 2, queued_now: 1, longest_queued_seconds: 129_601 });
});
