import { beforeEach, expect, test } from "vitest";
import { staleRuns } from "../../../../db/queries/github/stale-runs.ts";
import { repairRuns } from "../../../../functions/ingest/github/recovery/repair-runs.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, TURBINE_LIKE, toolsFor } from "../../../support/github-rest.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";
import { storeDelivery } from "../../../support/store-delivery.ts";

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const HOURS = 3;
const repair = () => {
  const { db, github } = toolsFor(rest(), scratch().db);
  return repairRuns({ db, github, config: { GITHUB_STALE_HOURS: HOURS } });
};

function served() {
  const found = rest().repositories.find(({ repo }) => repo.full_name === TURBINE_LIKE);
  const finished = found?.runs.find(({ status, id }) => status === "completed" && found.jobs[String(id)] !== undefined);
  if (found === undefined || finished === undefined) throw new Error("the stand-in serves no finished run with jobs");
  return { repository: found.repo, run: finished, jobs: found.jobs[String(finished.id)] ?? [] };
}

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const rows = async (query: string) => (await scratch().pool.query(query)).rows;

test("a run whose end was lost is completed by what GitHub says, with its jobs", async () => {
  const { repository, run, jobs } = served();
  const open = { ...run, status: "in_progress", conclusion: null, updated_at: run.created_at };
  await storeDelivery(scratch().db, "workflow_run", { repository, workflow_run: open });
  expect(await repair()).toEqual([{ v: 1, job: "runs", tries: 0 }]);
  expect(await repair()).toEqual([]);
  expect(await rows("select status, conclusion, runtime > 0 as ran from workflowruns")).toEqual([
    { status: "completed", conclusion: run.conclusion, ran: true },
  ]);
  expect(await rows("select count(*)::integer as jobs from workflowjobs")).toEqual([{ jobs: jobs.length }]);
  expect(rest().requests.map(({ path }) => path)).toEqual([
    `/repos/${TURBINE_LIKE}/actions/runs/${run.id}`,
    `/repos/${TURBINE_LIKE}/actions/runs/${run.id}/jobs?filter=all&per_page=100`,
  ]);
});

test("a job whose end was lost is completed though its run is", async () => {
  const { repository, run, jobs } = served();
  await storeDelivery(scratch().db, "workflow_run", { repository, workflow_run: run });
  const open = { ...jobs[0], status: "in_progress", conclusion: null, completed_at: null };
  await storeDelivery(scratch().db, "workflow_job", { repository, workflow_job: open });
  await repair();
  expect(await rows("select count(*)::integer as open from workflowjobs where status <> 'completed'")).toEqual([
    { open: 0 },
  ]);
  expect(await staleRuns(scratch().db, HOURS, 10)).toEqual([]);
});

test("what GitHub no longer has stays as it is and is asked for once", async () => {
  const { repository, run } = served();
  const lost = { ...run, id: 4_711, status: "queued", conclusion: null };
  await storeDelivery(scratch().db, "workflow_run", { repository, workflow_run: lost });
  for (const _ of ["first", "again"]) await repair();
  expect(rest().requests.map(({ path, status }) => `${status} ${path}`)).toEqual([
    `404 /repos/${TURBINE_LIKE}/actions/runs/4711`,
    `404 /repositories/${repository.id}/actions/runs/4711`,
    `200 /repositories/${repository.id}`,
  ]);
  await scratch().pool.query("update github.run_repairs set asked_at = now() - interval '30 days'");
  expect(await staleRuns(scratch().db, HOURS, 10)).toEqual([]);
  expect(await rows("select status from workflowruns")).toEqual([{ status: "queued" }]);
});

test("only what has been silent for long is asked for, and later each time that nothing is new", async () => {
  const { repository, run } = served();
  const states = [
    { id: 1, updated_at: ago(4) },
    { id: 2, updated_at: ago(2) },
    { id: 3, updated_at: ago(4), status: "completed" },
  ];
  for (const state of states)
    await storeDelivery(scratch().db, "workflow_run", {
      repository,
      workflow_run: { ...run, status: "queued", ...state },
    });
  const stale = async () => (await staleRuns(scratch().db, HOURS, 10)).map(({ runId }) => runId);
  expect(await stale()).toEqual([1]);
  const asked = async (times: number, hours: number) =>
    await scratch().pool.query(
      `insert into github.run_repairs values (1, now() - make_interval(hours => $2), $1, false)
       on conflict (run_id) do update set times = excluded.times, asked_at = excluded.asked_at`,
      [times, hours],
    );
  for (const [times, hours, isDue] of [
    [1, 2, false],
    [1, 4, true],
    [2, 5, false],
    [2, 7, true],
    [7, 191, false],
    [50, 193, true],
  ] as const) {
    await asked(times, hours);
    expect([times, hours, await stale()]).toEqual([times, hours, isDue ? [1] : []]);
  }
});
