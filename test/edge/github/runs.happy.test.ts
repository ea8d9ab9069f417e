import { expect, test } from "vitest";
import * as z from "zod";
import {
  everyPage,
  IREE,
  ours,
  RunList,
  readObject,
  recorded,
  recordedList,
  runIds,
  seeded,
} from "../../support/github-reads.ts";

seeded();

const RUN_OF_THREE = 13401005144;
const Jobs = z.record(z.string(), z.array(z.looseObject({ id: z.number(), run_attempt: z.number() })));

test("every run is answered as GitHub sent it, page after page, but for the API urls", async () => {
  const pages = z.array(RunList).parse(await everyPage(`${IREE}/actions/runs?per_page=70`));
  expect(pages.map(({ workflow_runs: runs }) => runs.length)).toEqual([70, 70, 70, 70, 70, 70, 70, 70, 40]);
  const runs = pages.flatMap((page) => page.workflow_runs);
  expect(runs).toEqual(recordedList("runs.json.gz").map((run) => ours(run)));
});

test("a run and its attempts are what GitHub sent", async () => {
  const run = recordedList("runs.json.gz").find(({ id }) => id === RUN_OF_THREE);
  const earlier = z.record(z.string(), z.unknown()).parse(recorded("attempts.json.gz"));
  const path = `${IREE}/actions/runs/${RUN_OF_THREE}`;
  expect(await readObject(path)).toEqual(ours(run));
  for (const n of [1, 2])
    expect(await readObject(`${path}/attempts/${n}`)).toEqual(ours(earlier[`${RUN_OF_THREE}/${n}`]));
  expect(await readObject(`${path}/attempts/3`)).toEqual(ours(run));
});

test("jobs are what GitHub sent: of the newest attempt, of all, of one, or one alone", async () => {
  const path = `${IREE}/actions/runs/${RUN_OF_THREE}`;
  const known = Jobs.parse(recorded("jobs.json.gz"))[RUN_OF_THREE]?.sort((a, b) => a.id - b.id) ?? [];
  expect(new Set(known.map(({ run_attempt: attempt }) => attempt)).size).toBeGreaterThan(1);
  const list = (some: typeof known) => ({ total_count: some.length, jobs: ours(some) });
  const ofAttempt = (n: number) => list(known.filter(({ run_attempt: attempt }) => attempt === n));
  expect(await readObject(`${path}/jobs?filter=all`)).toEqual(list(known));
  expect(await readObject(`${path}/jobs`)).toEqual(ofAttempt(3));
  expect(await readObject(`${path}/jobs?filter=latest`)).toEqual(ofAttempt(3));
  for (const n of [1, 2, 3]) expect(await readObject(`${path}/attempts/${n}/jobs`)).toEqual(ofAttempt(n));
  for (const job of known) expect(await readObject(`${IREE}/actions/jobs/${job.id}`)).toEqual(ours(job));
  expect((await everyPage(`${path}/jobs?filter=all&per_page=1`)).length).toBe(known.length);
});

test("workflows are found by id and by file name, and so are their runs", async () => {
  const workflows = recordedList("workflows.json");
  expect(await readObject(`${IREE}/actions/workflows`)).toEqual({ total_count: 12, workflows: ours(workflows) });
  for (const workflow of workflows) {
    const file = String(workflow.path).split("/").at(-1);
    expect(await readObject(`${IREE}/actions/workflows/${workflow.id}`)).toEqual(ours(workflow));
    expect(await readObject(`${IREE}/actions/workflows/${file}`)).toEqual(ours(workflow));
    const wanted = recordedList("runs.json.gz").filter((run) => run.workflow_id === workflow.id);
    const found = await runIds({}, `${IREE}/actions/workflows/${file}/runs`);
    expect(found).toEqual({ total: wanted.length, ids: wanted.map(({ id }) => id) });
  }
});

test("exclude_pull_requests empties the pull requests and nothing else", async () => {
  for (const path of [`${IREE}/actions/runs/13401727532`, `${IREE}/actions/runs/13401727532/attempts/1`]) {
    const whole = await readObject(path);
    expect(whole.pull_requests).toHaveLength(1);
    expect(await readObject(`${path}?exclude_pull_requests=true`)).toEqual({ ...whole, pull_requests: [] });
    expect(await readObject(`${path}?exclude_pull_requests=false`)).toEqual(whole);
  }
  const list = RunList.parse(await readObject(`${IREE}/actions/runs?exclude_pull_requests=true&per_page=100`));
  expect(list.workflow_runs.map((run) => run.pull_requests)).toEqual(list.workflow_runs.map(() => []));
});
