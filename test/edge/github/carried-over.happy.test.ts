import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { readObject } from "../../support/github-reads.ts";

/* A re-run of failed jobs lists the jobs that had passed once more: attempt 2 is timed by what ran in it. */

const pool = testPool();
const WINDOW = "since=2026-01-02&until=2026-01-03";

const at = (time: string) => `2026-01-02T${time}Z`;

/** A run whose first attempt failed; in the second only `test` ran, and `build` is carried over. */
async function storeRerun(repository: Repository) {
  const { id } = workflowRun(repository).workflow_run;
  const job = (job: object) =>
    store(pool, "workflow_job", {
      action: "completed",
      workflow_job: { run_id: id, status: "completed", runner_id: 3, labels: ["ubuntu-24.04"], ...job },
      repository,
    });
  const first = { updated_at: at("10:20:00"), conclusion: "failure" };
  const second = { run_attempt: 2, run_started_at: at("15:00:00"), updated_at: at("15:12:00"), conclusion: "failure" };
  const passed = { name: "build", conclusion: "success", started_at: at("10:00:30"), completed_at: at("10:10:00") };
  await store(pool, "workflow_run", workflowRun(repository, first));
  await job({ ...passed, id: id * 10 + 1, created_at: at("10:00:00") });
  await job({
    id: id * 10 + 2,
    name: "test",
    conclusion: "failure",
    created_at: at("10:10:00"),
    started_at: at("10:10:30"),
    completed_at: at("10:20:00"),
  });
  await job({ ...passed, id: id * 10 + 3, run_attempt: 2, created_at: at("15:00:01") });
  await job({
    id: id * 10 + 4,
    name: "test",
    run_attempt: 2,
    conclusion: "failure",
    created_at: at("15:00:01"),
    started_at: at("15:00:40"),
    completed_at: at("15:11:50"),
  });
  await store(pool, "workflow_run", workflowRun(repository, second));
}

test("the documented views show the start of what ran", async () => {
  const repository = freshRepository();
  await storeRerun(repository);
  const { rows: runs } = await pool.query(
    "select starttime::text, queuetime::int, runtime from workflowruns where repo = $1",
    [repository.full_name],
  );
  expect(runs).toEqual([{ starttime: "2026-01-02 15:00:40", queuetime: 40, runtime: 680 }]);
  const { rows: jobs } = await pool.query(
    "select starttime::text, endtime::text from workflowjobs where repo = $1 and attempt = 2 and name = 'build'",
    [repository.full_name],
  );
  expect(jobs).toEqual([{ starttime: null, endtime: null }]);
});

test("summary, time series and queue times leave it out", async () => {
  const repository = freshRepository();
  await storeRerun(repository);
  const insights = `/repos/${repository.full_name}/actions/insights`;
  expect(await readObject(`${insights}/summary?${WINDOW}`)).toMatchObject({
    duration: { max: 680 },
    queue: { max: 40 },
  });
  const { buckets } = await readObject(`${insights}/timeseries?${WINDOW}`);
  expect(buckets).toMatchObject([{ avg_duration: 680, p90_duration: 680, avg_queue: 40, max_queue: 40 }]);
  const { groups } = await readObject(`${insights}/queue-times?${WINDOW}`);
  expect(groups).toMatchObject([{ group: "Linux", count: 3, avg: 33, max: 39 }]);
});

test("the dashboards' time to red counts what ran", async () => {
  const repository = freshRepository();
  await storeRerun(repository);
  const { rows } = await pool.query(
    "select percentile_disc(0.75) within group (order by runtime + queuetime) as seconds from workflowruns where repo = $1",
    [repository.full_name],
  );
  expect(rows).toEqual([{ seconds: 720 }]);
});

test("a runner whose clock is behind makes no queue time negative", async () => {
  const repository = freshRepository();
  const { id } = workflowRun(repository).workflow_run;
  await store(pool, "workflow_run", workflowRun(repository));
  const times = { created_at: at("10:00:05"), started_at: at("10:00:02"), completed_at: at("10:10:00") };
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
  const { groups } = await readObject(`/repos/${repository.full_name}/actions/insights/queue-times?${WINDOW}`);
  expect(groups).toMatchObject([{ count: 1, avg: 0, p50: 0, max: 0 }]);
});
