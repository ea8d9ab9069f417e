import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../db/client.ts";
import { overviewOf } from "../../../db/queries/github/dashboard/overview.ts";
import { runsForWaterfall } from "../../../db/queries/github/dashboard/recent-runs.ts";
import { failuresOn } from "../../../db/queries/github/insights/failures.ts";
import { flakyWorkflows } from "../../../db/queries/github/insights/flaky.ts";
import { queueTimesOf } from "../../../db/queries/github/insights/queue-times.ts";
import { summaryOf } from "../../../db/queries/github/insights/summary.ts";
import { timeseriesOf } from "../../../db/queries/github/insights/timeseries.ts";
import { waterfallOf } from "../../../db/queries/github/insights/waterfall.ts";
import { seedRuns } from "../../bench/github/seed-runs.ts";
import { rowsRead } from "../../support/rows-read.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const UNTIL = "2025-03-20T12:00:00Z";
const WINDOW = { since: "2025-02-18T12:00:00Z", until: UNTIL };
const RECENT = 600;
const ALL = 30_000;

const scratch = scratchDatabase();

beforeAll(async () => {
  const past = { perDay: 20, until: new Date(UNTIL) };
  await seedRuns(scratch().pool, { repoId: 71, name: "cost/young", runs: RECENT, ...past });
  await seedRuns(scratch().pool, { repoId: 72, name: "cost/old", runs: ALL, ...past });
});

const choice = (name: string) => ({ repo: { name }, workflows: [], asOf: UNTIL });
const onMain = (name: string) => ({ ...choice(name), branch: "main" });
const ofWorkflow = (name: string) => ({ ...choice(name), workflows: [{ file: "w3.yml" }] });

const QUESTIONS: Record<string, (db: Database, name: string) => Promise<unknown>> = {
  summary: (db, name) => summaryOf(db, choice(name), WINDOW),
  "summary of a branch": (db, name) => summaryOf(db, onMain(name), WINDOW),
  "summary of a workflow": (db, name) => summaryOf(db, ofWorkflow(name), WINDOW),
  timeseries: (db, name) => timeseriesOf(db, choice(name), { ...WINDOW, bucket: "day" }),
  "timeseries of a branch": (db, name) => timeseriesOf(db, onMain(name), { ...WINDOW, bucket: "week" }),
  flaky: (db, name) => flakyWorkflows(db, choice(name), WINDOW),
  "queue times": (db, name) => queueTimesOf(db, choice(name), { ...WINDOW, groupBy: "os" }),
  "queue times by workflow": (db, name) => queueTimesOf(db, choice(name), { ...WINDOW, groupBy: "workflow" }),
  failures: (db, name) => failuresOn(db, choice(name), WINDOW),
  waterfall: (db, name) => waterfallOf(db, choice(name), { page: 1, perPage: 25 }),
  feed: (db, name) => runsForWaterfall(db, { asOf: UNTIL, days: 30, repo: name, branch: "main" }),
};

test("the made past has all that storing its runs would have derived", async () => {
  const { rows } = await scratch().pool.query(`
    with told as (
      select r.repo_id, r.branch, r.sha, min((a.snapshot->'head_commit'->>'timestamp')::timestamptz) as committed_at,
        min(r.created_at) as first_run_at
      from github.runs r join github.attempts a using (run_id, attempt) where r.head_repo_id = r.repo_id group by 1, 2, 3
    ), counted as (
      select repo_id, dimension, value, count(*) as total from github.runs cross join lateral (values
        ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
      ) as by(dimension, value) where value is not null group by 1, 2, 3
    )
    select (select count(*)::int from told join github.heads using (repo_id, branch, sha, committed_at, first_run_at)) as heads,
      (select count(*)::int from github.heads) as all_heads,
      (select count(*)::int from counted join github.run_counts using (repo_id, dimension, value, total)) as counts,
      (select count(*)::int from github.run_counts) as all_counts`);
  const [{ heads, all_heads, counts, all_counts }] = rows;
  expect(heads).toBeGreaterThan(ALL / 10);
  expect([heads, counts]).toEqual([all_heads, all_counts]);
});

test.each(Object.entries(QUESTIONS))("%s reads no more of a long past than of a short one", async (_, ask) => {
  const { db } = scratch();
  const young = await rowsRead(db, (watching) => ask(watching, "cost/young"));
  const old = await rowsRead(db, (watching) => ask(watching, "cost/old"));
  for (const table of ["runs", "attempts", "jobs", "commits"]) {
    expect(old[table] ?? 0, `${table}: ${JSON.stringify({ young, old })}`).toBeLessThanOrEqual(
      2 * (young[table] ?? 0) + 100,
    );
  }
});

test("the dashboards' overview reads the runs of its range alone", async () => {
  const { db } = scratch();
  const read = await rowsRead(db, (watching) => overviewOf(watching, { asOf: UNTIL, days: 30 }));
  expect(read.runs).toBeGreaterThanOrEqual(2 * RECENT);
  expect(read.runs).toBeLessThanOrEqual(2 * RECENT + 100);
});
