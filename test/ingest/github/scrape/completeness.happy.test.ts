import { beforeEach, expect, test } from "vitest";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { emptyStore } from "../../../conformance/github/rows.ts";
import {
  githubRest,
  IREE_LIKE,
  servedRepository,
  TURBINE_LIKE,
  toolsFor,
  whole,
} from "../../../support/github-rest.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

/* A scrape has read everything, or says what it has not. */

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const scrape = (change: object = {}, repo = IREE_LIKE) =>
  runScrape({ ...whole(repo), jobs: false, ...change }, toolsFor(rest(), scratch().db));
const served = (repo = IREE_LIKE) => servedRepository(rest(), repo);

async function storedRuns(): Promise<string[]> {
  const { rows } = await scratch().pool.query("select gitid::text from workflowruns order by gitid desc");
  return rows.map(({ gitid }) => gitid);
}
const servedIds = () =>
  served()
    .runs.map(({ id }) => String(id))
    .sort((a, b) => Number(b) - Number(a));

test.each([
  ["refuses its later pages", { whole: 200, filtered: 150 }],
  ["refuses its later pages, and each window is full", { whole: 100, filtered: 100 }],
])("beyond the end of GitHub's list, which %s, runs are read by windows of creation", async (_, caps) => {
  Object.assign(rest().caps, caps);
  expect(await scrape()).toMatchObject({ state: "done", problems: [], counts: { runs: 600 } });
  expect(await storedRuns()).toEqual(servedIds());
});

test("a list that ends before all runs that GitHub counts goes on by windows too", async () => {
  const { runs } = served();
  rest().refuse = (path) => {
    if (!/actions\/runs\?per_page=100$/.test(path)) return undefined;
    return { status: 200, body: { total_count: runs.length, workflow_runs: runs.slice(0, 100) } };
  };
  expect(await scrape()).toMatchObject({ state: "done", problems: [] });
  expect(await storedRuns()).toEqual(servedIds());
});

test("runs that GitHub counts and lists nowhere are told of, and the next scrape looks again", async () => {
  const { runs } = served(TURBINE_LIKE);
  rest().refuse = (path) =>
    path.includes("/actions/runs?") ? { status: 200, body: { total_count: 25, workflow_runs: runs } } : undefined;
  const { state, problems } = await scrape({}, TURBINE_LIKE);
  expect({ state, problems }).toEqual({
    state: "done",
    problems: [{ step: "runs", reason: "GitHub counts 25 runs, and lists 20 of them", refused: false }],
  });
  const before = rest().requests.length;
  await scrape({}, TURBINE_LIKE);
  const again = rest()
    .requests.slice(before)
    .find(({ path }) => path.includes("/actions/runs?"));
  expect(again?.status).toBe(200);
});

test("the most runs stay the most across windows", async () => {
  Object.assign(rest().caps, { whole: 100, filtered: 100 });
  expect(await scrape({ maxRuns: 250 })).toMatchObject({ state: "done", counts: { runs: 250 } });
  expect(await storedRuns()).toEqual(servedIds().slice(0, 250));
});

test.each(["branches?", "commits?", "actions/workflows?"])(
  "GitHub refuses %s: the later steps are read, and the scrape says so",
  async (part) => {
    rest().refuse = (path) =>
      path.includes(part) ? { status: 403, body: { message: "Resource not accessible by x" } } : undefined;
    const { state, counts, lastError, problems } = await scrape({ jobs: true }, TURBINE_LIKE);
    const step = part.replace(/actions\/|\?/g, "");
    expect({ state, runs: counts.runs, jobs: counts.jobs }).toEqual({ state: "failed", runs: 20, jobs: 45 });
    expect(lastError).toBe(`${step}: GitHub answered 403: Resource not accessible by x`);
    expect(problems).toEqual([{ step, reason: "GitHub answered 403: Resource not accessible by x", refused: true }]);
  },
);

test("a refusal of one run's jobs costs that run's jobs, and is told of", async () => {
  const { runs } = served(TURBINE_LIKE);
  const id = runs[4]?.id;
  rest().refuse = (path) => (path.includes(`/runs/${id}/jobs`) ? { status: 422, body: { message: "No" } } : undefined);
  expect(await scrape({ jobs: true }, TURBINE_LIKE)).toMatchObject({
    state: "done",
    skips: [{ kind: "details of run", id: String(id), reason: "GitHub answered 422: No" }],
  });
});

test("a repository without commits is no failure", async () => {
  served(TURBINE_LIKE).commits.splice(0);
  expect(await scrape({}, TURBINE_LIKE)).toMatchObject({ state: "done", problems: [], counts: { commits: 0 } });
});

test("a repeat reads details only of runs that are new or moved", async () => {
  const { runs, jobs } = served(TURBINE_LIKE);
  const finished = runs.filter(({ status }) => status === "completed");
  const unfinished = runs.filter(({ status }) => status !== "completed").map(({ id }) => id);
  await scrape({ jobs: true }, TURBINE_LIKE);
  const [moved, model] = finished;
  if (moved === undefined || model === undefined) throw new Error("nothing is finished");
  moved.updated_at = "2025-03-21T00:00:00Z";
  const fresh = { ...model, id: model.id + 1_000_000 };
  runs.unshift(fresh);
  jobs[String(fresh.id)] = [];
  const before = rest().requests.length;
  await scrape({ jobs: true }, TURBINE_LIKE);
  const detailed = rest()
    .requests.slice(before)
    .flatMap(({ path }) => /runs\/(\d+)\/jobs/.exec(path)?.[1] ?? []);
  expect(detailed.map(Number).sort()).toEqual([...unfinished, moved.id, fresh.id].sort());
});

test("details that were read without jobs are read again when jobs are wanted", async () => {
  await scrape({}, TURBINE_LIKE);
  served(TURBINE_LIKE).runs.unshift(
    ...served(TURBINE_LIKE)
      .runs.splice(0, 1)
      .map((run) => ({ ...run, name: "New name" })),
  );
  expect(await scrape({ jobs: true }, TURBINE_LIKE)).toMatchObject({ counts: { jobs: 45 } });
});

test("elements with numbers that no double holds are stored to the digit, whatever they are", async () => {
  const { runs, jobs } = served(TURBINE_LIKE);
  const [first, second] = runs;
  const big = (digits: string): number => Object(JSON.rawJSON(digits));
  const job = jobs[String(second?.id)]?.[0] ?? Object.values(jobs)[0]?.[0];
  Object.assign(first ?? {}, { id: big("9007199254740993"), check_suite_id: big("9223372036854775807") });
  Object.assign(second ?? {}, { score: JSON.rawJSON("0.12345678901234567890123"), run_number: 7 });
  Object.assign(job ?? {}, { id: big("9007199254740995") });
  const { state, counts } = await scrape({ jobs: true }, TURBINE_LIKE);
  expect({ state, runs: counts.runs, skipped: counts.skipped }).toEqual({ state: "done", runs: 20, skipped: 0 });
  const { rows } = await scratch().pool.query(`
    select (select gitid::text || ' ' || check_suite_id from workflowruns where gitid > 9007199254740992) as run,
      (select snapshot->>'id' from github.attempts where run_id = 9007199254740993) as snapshot,
      (select snapshot->>'score' from github.attempts where snapshot ? 'score') as score,
      (select gitid::text from workflowjobs where gitid = 9007199254740995) as job`);
  expect(rows).toEqual([
    {
      run: "9007199254740993 9223372036854775807",
      snapshot: "9007199254740993",
      score: "0.12345678901234567890123",
      job: "9007199254740995",
    },
  ]);
});
