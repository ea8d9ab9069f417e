import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod";
import { storedKernelci } from "../../support/kernelci-objects.ts";
import { answerOf } from "../../support/kernelci-reads.ts";

const origin = `history${randomBytes(4).toString("hex")}`;
const id = (name: string) => `${origin}:${name}`;
const hashes = Array.from({ length: 8 }, () => randomBytes(20).toString("hex"));
const [, , , , , , sixth = "", last = ""] = hashes;
const url = "https://git.example.org/history.git";

const checkout = (nth: number, change: object = {}) => ({
  ...{ id: id(`c${nth}`), origin, tree_name: "history", git_repository_url: url, git_repository_branch: "main" },
  ...{
    git_commit_hash: hashes[nth],
    git_commit_name: `v${nth}`,
    start_time: `2025-01-0${nth + 1}T00:00:00Z`,
    ...change,
  },
});
const build = (name: string, change: object = {}) => ({
  ...{
    id: id(name),
    origin,
    checkout_id: id("c7"),
    config_name: "defconfig",
    architecture: "arm64",
    compiler: "gcc-14",
  },
  ...{ status: "PASS", duration: 61.5, start_time: "2025-01-08T01:00:00Z", ...change },
});
const run = (name: string, change: object = {}) => ({
  ...{ id: id(name), origin, build_id: id("good"), path: "suite.one", status: "PASS", duration: 20.9 },
  ...{
    environment: { misc: { platform: "board" }, compatible: ["vendor,one", "vendor,two"] },
    misc: { runtime: "lab" },
  },
  ...change,
});
const incident = (name: string, change: object) => ({
  ...{ id: id(`i-${name}`), origin, issue_id: id("issue"), issue_version: 7, present: true, ...change },
});

storedKernelci({
  checkouts: [
    ...Array.from({ length: 8 }, (_, nth) => checkout(nth)),
    // The newest commit was checked out again, after an older one was.
    checkout(7, { id: id("c7-again"), start_time: "2025-01-09T00:00:00Z", git_commit_tags: ["v7-tag"] }),
    checkout(0, { id: id("other-branch"), git_repository_branch: "other" }),
    checkout(1, { id: id("unnamed"), ...{ git_repository_branch: "unnamed", git_commit_name: undefined } }),
  ],
  builds: [
    build("good"),
    build("bad", { status: "FAIL", architecture: "x86_64" }),
    build("nameless", { config_name: undefined, status: undefined, misc: { platform: "builder" } }),
    { ...build("dummy", { status: "PASS" }), id: `maestro:dummy_${origin}` },
    build("earlier", { checkout_id: id("c6"), status: "DONE" }),
    build("of-unnamed", { checkout_id: id("unnamed") }),
  ],
  tests: [
    run("boot", { path: "boot", duration: 5 }),
    run("bootrr", { path: "bootrr.probe", status: "MISS" }),
    run("failed", { status: "FAIL", path: "suite.two" }),
    run("explained", { status: "FAIL", path: "suite.three" }),
    run("pathless", { path: undefined, status: undefined }),
    run("of-dummy", { build_id: `maestro:dummy_${origin}`, status: "SKIP" }),
    run("of-bad", { build_id: id("bad"), environment: { misc: { platform: "Unknown" } }, misc: { runtime: "far" } }),
  ],
  issues: [{ id: id("issue"), version: 1, origin, _timestamp: "2025-01-08T03:00:00Z" }],
  incidents: [incident("test", { test_id: id("explained") }), incident("build", { build_id: id("bad") })],
});

const Count = z.record(z.string(), z.int());
const Items = z.array(
  z.looseObject({
    git_commit_hash: z.string(),
    builds: Count,
    boots: Count,
    tests: Count,
    earliest_start_time: z.string(),
  }),
);

/** What is counted of a commit, without the zeros. */
async function countsOf(path: string, hash = last) {
  const item = Items.parse(await answerOf(path)).find(({ git_commit_hash }) => git_commit_hash === hash);
  const counted = (of: z.infer<typeof Count>) => Object.fromEntries(Object.entries(of).filter(([, n]) => n > 0));
  return item && { builds: counted(item.builds), boots: counted(item.boots), tests: counted(item.tests) };
}

const direct = (query = "", hash = last) => `/tree/history/main/${hash}/commits?origin=${origin}${query}`;
const chosen = (query = "") =>
  `/tree/commits-history?origin=${origin}&tree_name=history&git_branch=main&commit_hashes=${last}${query}`;

const ALL = {
  builds: { PASS: 1, FAIL: 1, NULL: 1 },
  boots: { pass: 1 },
  tests: { pass: 1, fail: 2, miss: 1, skip: 1, null: 1 },
};

test("the six newest commits of the branch come newest first, in both forms and by tag", async () => {
  const direct6 = Items.parse(await answerOf(direct()));
  expect(direct6.map((item) => item.git_commit_hash)).toEqual(hashes.slice(2).toReversed());
  expect(direct6[0]).toMatchObject({ earliest_start_time: "2025-01-08T00:00:00Z", git_commit_name: "v7" });
  const byCommit = `origin=${origin}&git_url=${encodeURIComponent(url)}&git_branch=main`;
  expect(await answerOf(`/tree/${last}/commits?${byCommit}`)).toEqual(direct6);
  expect(await answerOf(`/tree/v7-tag/commits?${byCommit}`)).toEqual(direct6);
  const older = Items.parse(await answerOf(direct("", hashes[1])));
  expect(older.map((item) => item.git_commit_hash)).toEqual([hashes[1], hashes[0]]);
});

test("builds and tests are counted once each, dummy builds never, their tests always", async () => {
  expect(await countsOf(direct())).toEqual(ALL);
  expect(await countsOf(direct(), sixth)).toEqual({ builds: { DONE: 1 }, boots: {}, tests: {} });
});

test("one type alone cuts by the first letters of the path", async () => {
  expect(await countsOf(direct("&types=builds"))).toEqual({ ...ALL, boots: {}, tests: {} });
  expect(await countsOf(direct("&types=boots"))).toEqual({
    builds: {},
    boots: { pass: 1 },
    tests: { miss: 1, null: 1 },
  });
  expect(await countsOf(direct("&types=tests"))).toEqual({
    ...{ builds: {}, boots: {}, tests: { pass: 1, fail: 2, skip: 1, null: 1 } },
  });
});

test("without builds a history knows nothing of them", async () => {
  const tests = (await countsOf(direct("&types=tests")))?.tests;
  expect((await countsOf(direct("&types=tests&filter_architecture=Unknown&filter_compiler=Unknown")))?.tests).toEqual(
    tests,
  );
  expect((await countsOf(direct("&types=tests&filter_test.issue=Uncategorized")))?.tests).toEqual({
    fail: 1,
    skip: 1,
    null: 1,
  });
  for (const filter of ["filter_architecture=arm64", "filter_config_name=defconfig"])
    expect((await countsOf(direct(`&types=tests&${filter}`)))?.tests ?? {}).toEqual({});
});

test("chosen commits: one with data and without a name has none; builds by hardware count with boots and tests", async () => {
  const unnamed = `/tree/commits-history?origin=${origin}&tree_name=history&git_branch=unnamed&commit_hashes=${hashes[1]}`;
  expect(await answerOf(unnamed)).toMatchObject([{ git_commit_name: null, builds: { PASS: 1 } }]);
  const all = await countsOf(chosen("&filter_test.hardware=board"));
  expect(all?.boots).not.toEqual({});
  expect(await countsOf(chosen("&types=builds&filter_test.hardware=board"))).toEqual(all);
  expect(await countsOf(chosen("&types=builds&builds_related_to_filtered_tests_only=true"))).toEqual(
    await countsOf(chosen()),
  );
  expect((await countsOf(chosen("&types=builds")))?.boots).toEqual({});
});

test("durations are cut to whole seconds, and what has none passes no bound", async () => {
  expect(await countsOf(direct("&filter_test.duration_[lte]=20&filter_boot.duration_[gte]=6"))).toEqual({
    ...ALL,
    boots: {},
  });
  expect(await countsOf(direct("&filter_test.duration_[gte]=21"))).toEqual({ ...ALL, tests: {} });
});

test("hardware is every name of a test, and its build's only without any", async () => {
  const board = { builds: { PASS: 1 }, boots: { pass: 1 }, tests: { fail: 2, miss: 1, null: 1, skip: 1 } };
  expect(await countsOf(direct("&filter_test.hardware=vendor,two"))).toEqual(board);
  expect(await countsOf(direct("&filter_test.hardware=board"))).toEqual(board);
  expect(await countsOf(direct("&filter_test.hardware=builder"))).toEqual({
    builds: { NULL: 1 },
    boots: {},
    tests: {},
  });
  expect(await countsOf(direct("&filter_test.hardware=board&types=builds"))).toEqual({
    ...board,
    boots: {},
    tests: {},
  });
});

test("an issue matches whatever the version its incident names", async () => {
  const wanted = encodeURIComponent(`${id("issue")},1`);
  expect((await countsOf(direct(`&filter_test.issue=${wanted}`)))?.tests).toEqual({ fail: 1 });
  expect((await countsOf(direct(`&filter_build.issue=${wanted}`)))?.builds).toEqual({ FAIL: 1 });
  expect((await countsOf(direct("&filter_test.issue=Uncategorized")))?.tests).toEqual({ fail: 1 });
  expect((await countsOf(direct("&filter_build.issue=Uncategorized,null")))?.builds).toEqual({ NULL: 1 });
});

test("builds may count through tests that pass alone", async () => {
  const only = "&builds_related_to_filtered_tests_only=true";
  expect(await countsOf(direct(`${only}&types=builds`))).toEqual({
    builds: { PASS: 1, FAIL: 1 },
    boots: {},
    tests: {},
  });
  expect((await countsOf(direct(`${only}&filter_test.path=three&filter_boot.status=FAIL`)))?.builds).toEqual({
    PASS: 1,
  });
});

test("a time range leaves checkouts without builds", async () => {
  const from = Date.parse("2025-01-08T00:00:00Z") / 1_000;
  const items = Items.parse(
    await answerOf(direct(`&start_timestamp_in_seconds=${from}&end_timestamp_in_seconds=${from}`)),
  );
  expect(items.map((item) => item.git_commit_hash)).toEqual([last, ...hashes.slice(2, 6).toReversed()]);
  for (const ignored of [
    `&start_timestamp_in_seconds=${from}`,
    "&start_timestamp_in_seconds=soon&end_timestamp_in_seconds=1",
  ])
    expect(await countsOf(direct(ignored))).toEqual(ALL);
});

test("chosen commits keep the order asked for, twice where asked twice; one without data counts zero at this moment", async () => {
  const unknown = "0".repeat(40);
  const path = chosen().replace(last, [unknown, sixth, last, sixth].join(", "));
  const items = Items.parse(await answerOf(path));
  expect(items.map((item) => item.git_commit_hash)).toEqual([unknown, sixth, last, sixth]);
  expect(items[0]).toMatchObject({
    git_commit_name: "",
    git_commit_tags: [],
    builds: { PASS: 0, NULL: 0 },
    boots: { pass: 0 },
  });
  expect(Math.abs(Date.parse(items[0]?.earliest_start_time ?? "") - Date.now())).toBeLessThan(60_000);
});

test("chosen commits leave out builds without a configuration; boots and tests are told apart beside no builds", async () => {
  expect((await countsOf(chosen()))?.builds).toEqual({ PASS: 1, FAIL: 1 });
  expect(await countsOf(chosen("&types=boots,tests"))).toEqual({ builds: {}, boots: ALL.boots, tests: ALL.tests });
  expect(await countsOf(chosen("&types=tests"))).toEqual({
    ...{ builds: {}, boots: {}, tests: { pass: 1, fail: 2, miss: 1, skip: 1 } },
  });
  const issue = encodeURIComponent(`${id("issue")},7`);
  expect((await countsOf(chosen(`&types=tests&filter_test.issue=${issue}`)))?.tests).toEqual({ fail: 2 });
  expect((await countsOf(chosen("&types=tests&filter_test.issue=Uncategorized")))?.tests).toMatchObject({ fail: 2 });
  expect((await countsOf(chosen("&types=tests&filter_test.status=NULL")))?.tests).toEqual({});
  expect((await countsOf(chosen("&types=builds&filter_test.hardware=board")))?.builds).toEqual({ PASS: 1 });
  expect((await countsOf(chosen("&types=builds&filter_build.issue=Uncategorized")))?.builds).toEqual({ PASS: 1 });
});

test("durations of chosen commits are compared to the fraction", async () => {
  expect((await countsOf(chosen("&types=tests&filter_test.duration_[lte]=21")))?.tests).toMatchObject({ fail: 2 });
  const none = { error: "History of tree commits not found" };
  expect(await answerOf(chosen("&types=tests&filter_test.duration_[lte]=20"))).toEqual(none);
  expect(await answerOf(chosen("&types=tests&filter_test.duration_[gte]=21"))).toEqual(none);
});

test("the commits of a branch are listed once each, with the newest checkout and all tags", async () => {
  const Listed = z.array(z.looseObject({ git_commit_hash: z.string() }));
  const listed = Listed.parse(await answerOf(`/tree/history/main/commits?origin=${origin}`));
  expect(listed.map((item) => item.git_commit_hash)).toEqual(hashes.toReversed());
  expect(listed[0]).toEqual({
    git_commit_hash: last,
    last_checkout: "2025-01-09T00:00:00Z",
    git_commit_name: "v7",
    git_commit_tags: ["v7-tag"],
  });
  expect(listed[1]).toMatchObject({ git_commit_tags: [] });
  const elsewhere = `/tree/history/main/commits?origin=${origin}&git_url=https://example.org/none`;
  expect(await answerOf(elsewhere)).toEqual({ error: "History of tree commits not found" });
});
