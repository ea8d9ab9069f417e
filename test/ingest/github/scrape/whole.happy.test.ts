import { beforeEach, expect, test } from "vitest";
import { runScrape } from "../../../../functions/ingest/github/scrape/run-scrape.ts";
import { differences, emptyStore } from "../../../conformance/github/rows.ts";
import { githubRest, IREE_LIKE, TURBINE_LIKE, toolsFor, whole } from "../../../support/github-rest.ts";
import { recordedRows } from "../../../support/recorded-rows.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();
const rest = githubRest();
beforeEach(() => emptyStore(scratch().pool));

const scrape = (options: Parameters<typeof runScrape>[0]) => runScrape(options, toolsFor(rest(), scratch().db));
const pathsAfter = (count: number) =>
  rest()
    .requests.slice(count)
    .map(({ path, status }) => `${status} ${path}`);

test("both recorded repositories give the recorded rows, and once more the same for five requests", async () => {
  const { pool } = scratch();
  const first = await scrape(whole(IREE_LIKE));
  expect(first).toMatchObject({ state: "done", lastError: null });
  expect(first.counts).toEqual({
    branches: 30,
    commits: 200,
    workflows: 12,
    runs: 600,
    attempts: 22,
    jobs: 276,
    skipped: 0,
  });
  // One for each page and each run's jobs, 22 earlier attempts, and the first pages of commits and runs once more.
  expect(first.requests).toBe(1 + 1 + 3 + 1 + 6 + 1 + 22 + 600);
  expect(rest().requests.length).toBe(first.requests);
  expect(await scrape(whole(TURBINE_LIKE))).toMatchObject({ state: "done" });
  expect(await differences(pool, recordedRows())).toEqual([]);

  const before = rest().requests.length;
  expect(await scrape(whole(IREE_LIKE))).toMatchObject({ state: "done", requests: 5 });
  expect(pathsAfter(before)).toEqual([
    "200 /repos/iree-org/iree-like",
    "304 /repos/iree-org/iree-like/branches?per_page=100",
    "304 /repos/iree-org/iree-like/commits?per_page=100",
    "304 /repos/iree-org/iree-like/actions/workflows?per_page=100",
    "304 /repos/iree-org/iree-like/actions/runs?per_page=100",
  ]);
  expect(await differences(pool, recordedRows())).toEqual([]);
  expect((await pool.query("select from github.scrape_runs")).rowCount).toBe(0);
});

test("the counters of run lists are what counting gives", async () => {
  await scrape(whole(IREE_LIKE));
  const { rows } = await scratch().pool.query(`
    with counted as (
      select u.repo_id, dimension, value, count(*) as total from github.runs u cross join lateral (values
        ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
      ) as by(dimension, value) where value is not null group by 1, 2, 3
    )
    select dimension, value, counted.total, c.total as kept
    from counted full join github.run_counts c using (repo_id, dimension, value)
    where counted.total is distinct from nullif(c.total, 0)`);
  expect(rows).toEqual([]);
});

test("at most so many runs means exactly so many, the newest", async () => {
  const { counts } = await scrape({ ...whole(IREE_LIKE), maxRuns: 150, jobs: false });
  expect(counts).toMatchObject({ runs: 150, jobs: 0 });
  const { rows } = await scratch().pool.query("select gitid::bigint from workflowruns order by gitid desc");
  const newest = rest()
    .repositories[0]?.runs.map(({ id }) => String(id))
    .slice(0, 150);
  expect(rows.map(({ gitid }) => gitid)).toEqual(newest);
  expect(pathsAfter(0).filter((path) => path.includes("/actions/runs?"))).toHaveLength(3);
});

test("nothing older than `since` is read", async () => {
  const since = "2025-03-19T00:00:00.000Z";
  const { counts } = await scrape({ ...whole(IREE_LIKE), since, jobs: false });
  const wanted = rest().repositories[0]?.runs.filter(({ created_at }) => String(created_at) >= "2025-03-19T00:00:00Z");
  expect(counts.runs).toBe(wanted?.length);
  const { rows } = await scratch().pool.query("select min(createtime) >= '2025-03-19' as young from workflowruns");
  expect(rows).toEqual([{ young: true }]);
  expect(pathsAfter(0)).toContain("200 /repos/iree-org/iree-like/commits?per_page=100&since=2025-03-19T00:00:00Z");
});

test("without jobs the start of a run falls back, and no run is asked for", async () => {
  const { requests } = await scrape({ ...whole(TURBINE_LIKE), jobs: false });
  expect(requests).toBe(1 + 1 + 1 + 1 + 1 + 1 + 3);
  const { rows } = await scratch().pool.query("select count(*)::integer as jobs from workflowjobs");
  expect(rows).toEqual([{ jobs: 0 }]);
});

test("a smaller scrape does not make a later, larger one think that nothing is new", async () => {
  await scrape({ ...whole(TURBINE_LIKE), maxRuns: 3 });
  const { counts } = await scrape(whole(TURBINE_LIKE));
  expect(counts.runs).toBe(20);
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("a former name leads to the repository, and is known as its former name", async () => {
  const { state, repo } = await scrape({ ...whole("iree-org/old-name"), maxRuns: 1, jobs: false });
  expect({ state, repo }).toEqual({ state: "done", repo: IREE_LIKE });
  const { rows } = await scratch().pool.query("select name_key from github.repo_names order by 1");
  expect(rows.map(({ name_key }) => name_key)).toEqual([IREE_LIKE, "iree-org/old-name"]);
});

test("an empty repository has no commits", async () => {
  const [repository] = rest().repositories;
  repository?.commits.splice(0);
  repository?.runs.splice(0);
  expect(await scrape(whole(IREE_LIKE))).toMatchObject({ state: "done", counts: { commits: 0, branches: 30 } });
});
