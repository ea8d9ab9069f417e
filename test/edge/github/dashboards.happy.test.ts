import { expect, test } from "vitest";
import * as z from "zod";
import { WORKFLOWRUNS } from "../../../functions/edge/github/dashboards/db-schema.get.ts";
import { testPool } from "../../support/database.ts";
import { repositoryOfItsTime } from "../../support/github-dashboards.ts";
import { read, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const Rows = z.array(z.record(z.string(), z.unknown()));
const asked = async (path: string) => (await read(path)).json();
const rowsAt = async (path: string) => Rows.parse(await asked(path));

const SHA = { red: "b".repeat(40), open: "c".repeat(40), green: "d".repeat(40), unknown: "e".repeat(40) };

test("the overview counts days, and has every figure the frontend draws", async () => {
  const { run, merged, pushed } = repositoryOfItsTime(pool);
  await run({ number: 1, at: "1999-06-10T11:00:00Z", end: "failure" });
  await run({ number: 1, at: "1999-06-10T11:00:00Z", attempt: 2 });
  await run({ number: 2, at: "1999-06-10T10:00:00Z", end: "failure", sha: SHA.red });
  await run({ number: 3, at: "1999-06-10T11:55:10Z", end: "in_progress", sha: SHA.open });
  await run({ number: 4, at: "1999-06-08T12:00:00Z", sha: SHA.green, branch: "topic" });
  await run({ number: 5, at: "1999-05-25T12:00:00Z", end: "failure", seconds: 1_200 });
  await run({ number: 6, at: "1999-06-10T12:00:01Z", end: "failure" });
  await merged(1, "1999-06-10T11:30:00Z", SHA.red);
  await merged(2, "1999-06-10T11:31:00Z", SHA.open);
  await merged(3, "1999-06-10T11:32:00Z", SHA.unknown);
  await merged(4, "1999-06-09T11:00:00Z", SHA.green);
  await merged(5, "1999-05-20T11:00:00Z", SHA.red);
  await pushed([
    { sha: "1".repeat(40), message: 'Revert "Change something"\n\nIt broke.', at: "1999-06-09T00:00:00Z" },
    { sha: "2".repeat(40), message: "revert what broke", at: "1999-06-09T01:00:00Z" },
    { sha: "3".repeat(40), message: 'Revert "Change another thing"', at: "1999-05-20T01:00:00Z" },
  ]);
  const newest = { date: "1999-06-10", Success: 1, Failed: 1, Flaky: 1, total: 3 };
  const earlier = { date: "1999-06-08", Success: 1, Failed: 0, Flaky: 0, total: 1 };
  const metrics = {
    redOnMain: "33.3",
    redOnMainFlaky: "33.3",
    lastMainPush: "4m",
    lastDockerBuild: "N/A",
    forceMergesFailed: "25.0",
    forceMergesImpatience: "50.0",
    timeToRedSignal: "10.0",
    viableLag: "N/A",
    reverts: 1,
    pullTrunkTTS: "N/A",
  };
  const week = { chartData: [newest, earlier], metrics };
  for (const range of ["", "range=7d&", "range=7&", "range=year&"])
    expect(await asked(`/api/metrics/dashboard?${range}as_of=1999-06-10T12:00:00Z`)).toEqual(week);
  const oldest = { date: "1999-05-25", Success: 0, Failed: 1, Flaky: 0, total: 1 };
  expect(await asked("/api/metrics/dashboard?range=30d&as_of=1999-06-10T12:00:00Z")).toEqual({
    chartData: [newest, earlier, oldest],
    metrics: {
      ...metrics,
      forceMergesFailed: "40.0",
      forceMergesImpatience: "40.0",
      timeToRedSignal: "20.0",
      reverts: 2,
    },
  });
  const fortnight = z.object({ chartData: z.array(z.unknown()) });
  const { chartData } = fortnight.parse(await asked("/api/metrics/dashboard?range=14d&as_of=1999-06-10T12:00:00Z"));
  expect(chartData).toHaveLength(2);
});

test("ages grow from minutes to hours to days, and without runs there is none", async () => {
  const { run } = repositoryOfItsTime(pool);
  await run({ number: 1, at: "1989-01-01T00:00:00Z" });
  const ages = { "00:00:59": "0m", "00:59:59": "59m", "01:00:00": "1h", "23:59:59": "23h" };
  const Overview = z.object({ metrics: z.object({ lastMainPush: z.string() }) });
  const ageAt = async (asOf: string) =>
    Overview.parse(await asked(`/api/metrics/dashboard?as_of=${asOf}`)).metrics.lastMainPush;
  for (const [time, age] of Object.entries(ages)) expect(await ageAt(`1989-01-01T${time}Z`)).toBe(age);
  expect(await ageAt("1989-01-02T00:00:00Z")).toBe("1d");
  expect(await ageAt("1989-02-01T12:00:00Z")).toBe("31d");
  expect(await asked("/api/metrics/dashboard?as_of=1988-01-01")).toEqual({
    chartData: [],
    metrics: {
      redOnMain: "0.0",
      redOnMainFlaky: "0.0",
      lastMainPush: "N/A",
      lastDockerBuild: "N/A",
      forceMergesFailed: "0.0",
      forceMergesImpatience: "0.0",
      timeToRedSignal: "N/A",
      viableLag: "N/A",
      reverts: 0,
      pullTrunkTTS: "N/A",
    },
  });
});

test("the feed marks systems and kinds of work", async () => {
  const { repository, run, job } = repositoryOfItsTime(pool);
  const at = (minute: number) => `1979-01-01T00:0${minute}:00Z`;
  await run({ number: 1, at: at(1), end: "failure", workflow: "Publish Docs lint test" });
  await run({ number: 2, at: at(2), workflow: "LINT and test" });
  await run({ number: 3, at: at(3), end: "timed_out", workflow: "Unit Tests" });
  await run({ number: 4, at: at(4), end: "queued", workflow: "CI", message: "Größere Umbauten\n\n🚀" });
  await job(1, 1, at(1), "ubuntu-24.04");
  await job(1, 2, at(1), "windows-2022");
  await job(2, 1, at(2), "macos-14");
  const feed = await rowsAt(`/api/metrics/workflowruns?as_of=1979-01-02&repo=${repository.full_name.toUpperCase()}`);
  const none = { Linux: "?", Win: "?", Mac: "?", Doc: "?", Lint: "?", Test: "?" };
  expect(feed.map(({ workflowname, os, conclusion, results }) => [workflowname, os, conclusion, results])).toEqual([
    ["CI", null, null, none],
    ["Unit Tests", null, "timed_out", none],
    ["LINT and test", "macOS", "success", { ...none, Mac: "O", Lint: "O" }],
    ["Publish Docs lint test", "Linux,Windows", "failure", { ...none, Linux: "X", Win: "X", Doc: "X" }],
  ]);
  expect(feed[0]).toEqual({
    workflowId: expect.stringMatching(/^\d+$/),
    gitid: String(repository.id * 100 + 4),
    commitHash: "a".repeat(40),
    createTime: "1979-01-01T00:04:00",
    repo: repository.full_name,
    branch: "main",
    commitMessage: "Change something",
    author: "octavia",
    workflowUrl: `${repository.html_url}/actions/runs/4`,
    workflowname: "CI",
    conclusion: null,
    os: null,
    results: none,
  });
  const older = await rowsAt(`/api/metrics/workflow-runs?as_of=1979-01-02&repo=${repository.full_name}`);
  expect(older.map(({ timeToRedSignal }) => timeToRedSignal)).toEqual([null, 600, 600, 600]);
  expect(older[3]).toEqual({
    workflowId: repository.id * 100 + 1,
    createTime: "1979-01-01T00:01:00",
    conclusion: "failure",
    timeToRedSignal: 600,
    repo: repository.full_name,
    commitMessage: "Change something",
    author: "octavia",
    prNumber: null,
  });
});

test("the feed is of main unless a branch is named, of every repository unless one is, of seven days unless told", async () => {
  const one = repositoryOfItsTime(pool);
  const two = repositoryOfItsTime(pool);
  await one.run({ number: 1, at: "1969-06-10T00:00:00Z" });
  await one.run({ number: 2, at: "1969-06-09T00:00:00Z", branch: "topic" });
  await one.run({ number: 3, at: "1969-06-01T00:00:00Z" });
  await two.run({ number: 4, at: "1969-06-08T00:00:00Z", branch: "Main" });
  await two.run({ number: 5, at: "1969-06-08T00:00:00Z" });
  await two.run({ number: 6, at: "1969-06-10T00:00:01Z" });
  const numbers = async (query: string, path = "workflowruns") =>
    (await rowsAt(`/api/metrics/${path}?as_of=1969-06-10T00:00:00Z&${query}`)).map(
      ({ gitid, workflowId }) => Number(gitid ?? workflowId) % 100,
    );
  expect(await numbers("")).toEqual([1, 5]);
  expect(await numbers("days=abc&repo=all")).toEqual([1, 5]);
  for (const query of ["branch=", "branch=all", "branch=all&repo="]) expect(await numbers(query)).toEqual([1, 2, 5, 4]);
  expect(await numbers("branch=topic")).toEqual([2]);
  expect(await numbers(`repo=${two.repository.full_name}`)).toEqual([5]);
  expect(await numbers("repo=tests/nothing")).toEqual([]);
  expect(await numbers("days=9")).toEqual([1, 5, 3]);
  expect(await numbers("days=1&branch=all")).toEqual([1, 2]);
  expect(await numbers("days=1.5&branch=all")).toEqual([1, 2]);
  expect(await numbers("days=0&branch=all")).toEqual([1]);
  expect(await numbers("days=-3&branch=all")).toEqual([1]);
  expect(await numbers("days=1e99")).toEqual([1, 5, 3]);
  expect(await numbers("branch=topic", "workflow-runs")).toEqual([1, 2, 5, 4]);
});

test("repositories come by name, with the ids of their rows", async () => {
  const rows = await rowsAt("/api/metrics/repos");
  const names = rows.map(({ name }) => String(name));
  expect(names).toEqual(names.toSorted());
  const { rows: stored } = await pool.query("select id from public.repos where name = 'iree-org/iree-like'");
  expect(rows).toContainEqual({ id: stored[0]?.id, name: "iree-org/iree-like" });
});

test("the documented columns are those of the documented view, in its order", async () => {
  const { rows } = await pool.query(
    `select column_name, data_type from information_schema.columns
     where table_schema = 'public' and table_name = 'workflowruns' order by ordinal_position`,
  );
  const kinds: Record<string, string> = {
    int: "integer",
    bigint: "bigint",
    varchar: "text",
    float: "double precision",
    datetime: "timestamp without time zone",
  };
  const told = Object.entries(WORKFLOWRUNS).map(([name, type]) => [name.toLowerCase(), kinds[type]]);
  expect(rows.slice(0, told.length).map(({ column_name, data_type }) => [column_name, data_type])).toEqual(told);
  const answer = await rowsAt("/api/db-schema");
  expect(answer).toEqual(Object.entries(WORKFLOWRUNS).map(([name, type]) => ({ COLUMN_NAME: name, DATA_TYPE: type })));
});

test("health and database are as the older servers told", async () => {
  expect(await asked("/api/health")).toEqual({ status: "healthy", timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(await asked("/api/test-db")).toEqual({ status: "connected", result: 1 });
});
