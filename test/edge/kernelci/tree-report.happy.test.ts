import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import * as z from "zod";
import { storedKernelci } from "../../support/kernelci-objects.ts";
import { answerOf, ask } from "../../support/kernelci-reads.ts";

const origin = `report${randomBytes(4).toString("hex")}`;
const id = (name: string) => `${origin}:${name}`;
const url = "https://git.example.org/report.git";
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 - hours * HOUR).toISOString();
const hashes = Array.from({ length: 4 }, () => randomBytes(20).toString("hex"));
/** The hours ago at which each commit was checked out, oldest first. */
const AGES = [40, 30, 20, 10];

/** What each test was, oldest first. */
const RUNS: Record<string, (string | undefined)[]> = {
  regressed: ["PASS", "PASS", "PASS", "FAIL"],
  fixed: ["FAIL", "FAIL", "PASS", "PASS"],
  back: ["PASS", "PASS", "FAIL", "PASS"],
  unclear: ["PASS", "PASS", "PASS", "SKIP"],
  silent: ["PASS", "PASS", "PASS", undefined],
  steady: ["FAIL", "FAIL", "FAIL", "FAIL"],
  older: ["FAIL", "PASS", "PASS", "PASS"],
  __proto__own: ["PASS", "PASS", "PASS", "FAIL"],
};

const tests = AGES.flatMap((hours, nth) => [
  ...Object.entries(RUNS).map(([name, statuses]) => ({
    ...{ id: id(`${name}-${nth}`), origin, build_id: id(`b${nth}`), path: `suite.${name}`, start_time: ago(hours) },
    ...{ status: statuses[nth], environment: { misc: { platform: "board" } } },
  })),
  ...[undefined, { misc: { platform: "kubernetes" } }].map((environment, at) => ({
    ...{
      id: id(`left-out-${at}-${nth}`),
      origin,
      build_id: id(`b${nth}`),
      path: "suite.left-out",
      start_time: ago(hours),
    },
    ...{ status: nth === 3 ? "FAIL" : "PASS", environment },
  })),
]);

storedKernelci({
  checkouts: AGES.map((hours, nth) => ({
    ...{ id: id(`c${nth}`), origin, tree_name: "report", git_repository_url: url, git_repository_branch: "for/report" },
    ...{ git_commit_hash: hashes[nth], start_time: ago(hours), _timestamp: ago(hours) },
  })),
  builds: AGES.flatMap((hours, nth) => [
    {
      ...{ id: id(`b${nth}`), origin, checkout_id: id(`c${nth}`), config_name: "defconfig", architecture: "arm64" },
      ...{ status: "PASS", start_time: ago(hours) },
    },
    {
      ...{ id: id(`bad${nth}`), origin, checkout_id: id(`c${nth}`), config_name: "bad", status: "FAIL" },
      start_time: ago(hours),
    },
  ]),
  tests: [
    ...tests,
    { id: id("boot"), origin, build_id: id("b3"), path: "boot.nfs", status: "DONE", start_time: ago(10) },
    { id: id("pathless"), origin, build_id: id("b3"), status: "FAIL", start_time: ago(10) },
  ],
  issues: [
    { id: id("known"), version: 1, origin, comment: "known", culprit: { code: true, tool: false, harness: false } },
    { id: id("bare"), version: 3, origin },
  ],
  incidents: [
    {
      id: id("i1"),
      origin,
      issue_id: id("known"),
      issue_version: 1,
      build_id: id("bad0"),
      _timestamp: "2025-01-01T00:00:00Z",
    },
    {
      id: id("i2"),
      origin,
      issue_id: id("known"),
      issue_version: 1,
      build_id: id("bad3"),
      _timestamp: "2025-01-02T00:00:00Z",
    },
    {
      id: id("i3"),
      origin,
      issue_id: id("bare"),
      issue_version: 3,
      build_id: id("bad3"),
      _timestamp: "2025-01-03T00:00:00Z",
    },
  ],
});

const at = (query = "") =>
  `/tree-report/?origin=${origin}&git_url=${encodeURIComponent(url)}&git_branch=for/report&max_age_in_hours=96${query}`;

/** Histories under the one platform and build they have here. */
const histories = (paths: Record<string, unknown>) => ({ board: { defconfig: { "arm64/Unknown": paths } } });
const runsOf = (name: string, count = 3) =>
  [3, 2, 1, 0].slice(0, count).map((nth) => ({
    id: id(`${name}-${nth}`),
    start_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    status: RUNS[name]?.[nth] ?? null,
  }));

const Verdicts = z.object({
  possible_regressions: z.unknown(),
  fixed_regressions: z.unknown(),
  unstable_tests: z.unknown(),
});
const verdictsOf = async (query = "") => Verdicts.parse(await answerOf(at(query)));

test("tests that changed are told apart by where they went", async () => {
  expect(await verdictsOf()).toEqual({
    possible_regressions: histories({
      "suite.__proto__own": runsOf("__proto__own"),
      "suite.regressed": runsOf("regressed"),
    }),
    fixed_regressions: histories({ "suite.fixed": runsOf("fixed") }),
    unstable_tests: histories({
      "suite.back": runsOf("back"),
      "suite.silent": runsOf("silent"),
      "suite.unclear": runsOf("unclear"),
    }),
  });
  expect(await answerOf(at())).toMatchObject({
    dashboard_url: `https://d.kernelci.org/tree/report/for/report/${hashes[3]}?o=${origin}`,
    ...{ git_url: url, git_branch: "for/report", commit_hash: hashes[3], origin },
  });
});

test("more runs show more changes, fewer only the newest", async () => {
  const four = await verdictsOf("&group_size=4");
  expect(four.fixed_regressions).toEqual(
    histories({ "suite.older": runsOf("older", 4), "suite.fixed": runsOf("fixed", 4) }),
  );
  const two = await verdictsOf("&group_size=2");
  expect(two.fixed_regressions).toEqual(histories({ "suite.back": runsOf("back", 2) }));
});

test("only tests with a path are counted", async () => {
  const zero = { error_count: 0, miss_count: 0, done_count: 0 };
  expect(await answerOf(at())).toMatchObject({
    build_status_summary: { PASS: 1, ERROR: 0, FAIL: 1, SKIP: 0, MISS: 0, DONE: 0, NULL: 0 },
    boot_status_summary: { ...zero, done_count: 1, pass_count: 0 },
    test_status_summary: { ...zero, pass_count: 3, fail_count: 5, skip_count: 1, null_count: 1 },
  });
});

test("an issue is new when its first incident is of this checkout; one without comment and culprit is served", async () => {
  const answer = await answerOf(at());
  expect(answer).toMatchObject({
    issues: {
      builds: [
        {
          ...{
            issue_id: id("bare"),
            build_id: id("bad3"),
            version: 3,
            comment: null,
            report_url: null,
            culprit_code: null,
          },
          ...{ culprit_tool: null, culprit_harness: null, first_seen: "2025-01-03T00:00:00Z", is_new_issue: true },
        },
        {
          ...{ issue_id: id("known"), build_id: id("bad3"), comment: "known", culprit_code: true, culprit_tool: false },
          ...{ first_seen: "2025-01-01T00:00:00Z", is_new_issue: false },
        },
      ],
    },
  });
});

test("ages choose the checkout, patterns the tests", async () => {
  expect(await answerOf(at("&min_age_in_hours=15"))).toMatchObject({ commit_hash: hashes[2] });
  expect((await verdictsOf("&min_age_in_hours=15")).possible_regressions).toEqual(
    histories({ "suite.back": runsOf("back", 4).slice(1) }),
  );
  expect(await verdictsOf("&path=suite.reg%25&path=suite._ixed")).toEqual({
    possible_regressions: histories({ "suite.regressed": runsOf("regressed") }),
    fixed_regressions: histories({ "suite.fixed": runsOf("fixed") }),
    unstable_tests: {},
  });
  expect(await answerOf(at("&tree_name=report"))).toMatchObject({ commit_hash: hashes[3] });
  expect(await answerOf(at("&tree_name=other"))).toEqual({ error: "Tree not found in the given interval" });
});

test("callers who leave out the slash are sent on with their question", async () => {
  const answer = await ask("/tree-report?git_branch=x&git_url=y");
  expect(answer.status).toBe(301);
  expect(answer.headers.get("location")).toBe("/kernelci/api/tree-report/?git_branch=x&git_url=y");
});

/** A branch that two origins check out; the tests of one run on builds of both. */
const shared = { git_repository_url: url, git_repository_branch: "for/shared" };
const another = `${origin}x`;
storedKernelci({
  checkouts: [
    { id: id("s"), origin, ...shared, git_commit_hash: "5".repeat(40), start_time: ago(10) },
    { id: `${another}:s`, origin: another, ...shared, git_commit_hash: "6".repeat(40), start_time: ago(20) },
  ],
  builds: [
    { id: id("sb"), origin, checkout_id: id("s"), start_time: ago(10) },
    { id: `${another}:sb`, origin: another, checkout_id: `${another}:s`, start_time: ago(20) },
  ],
  tests: (
    [
      ["st-new", id("sb"), "FAIL", 10],
      ["st-old", `${another}:sb`, "PASS", 20],
    ] as const
  ).map(([name, build_id, status, hours]) => ({
    ...{ id: id(name), origin, build_id, status, path: "suite.shared", start_time: ago(hours) },
    environment: { misc: { platform: "board" } },
  })),
});

test("a test's history is that of its origin, whoever checked out the branch", async () => {
  const report = Verdicts.parse(await answerOf(at().replace("for/report", "for/shared")));
  expect(report.possible_regressions).toEqual({
    board: {
      Unknown: {
        "Unknown/Unknown": {
          "suite.shared": [
            expect.objectContaining({ id: id("st-new"), status: "FAIL" }),
            expect.objectContaining({ id: id("st-old"), status: "PASS" }),
          ],
        },
      },
    },
  });
});
