import { expect, test } from "vitest";
import * as z from "zod";
import { askHardware, ownHardware } from "../../../support/kernelci-hardware.ts";
import { ask } from "../../../support/kernelci-reads.ts";
import { Listed } from "../../../support/kernelci-tree.ts";

const { origin, platform, compatibles, older, head, next, id, body, bodyUntil } = ownHardware();

const Counts = z.record(z.string(), z.number());
const Kind = z.looseObject({ status: Counts, origins: z.unknown(), unknown_issues: z.number() });
const Tree = z.looseObject({
  index: z.string(),
  head_git_commit_hash: z.string(),
  selected_commit_status: z.unknown(),
});
const Page = z.looseObject({
  summary: z.object({ builds: Kind, boots: Kind, tests: Kind }),
  filters: z.looseObject({}),
  common: z.object({ trees: z.array(Tree), compatibles: z.array(z.string()) }),
});

const pageOf = async (page: "" | "summary", asked: object, hardware = platform) =>
  Page.parse(await (await askHardware(hardware, page, asked)).json());

/** What the ids of a list are called here, sorted. */
async function idsOf(page: "builds" | "boots" | "tests", asked: object, hardware = platform): Promise<string[]> {
  const answer = z.record(z.string(), Listed).parse(await (await askHardware(hardware, page, asked)).json());
  return (answer[page] ?? []).map((item) => item.id.slice(origin.length + 1)).sort();
}

const statusesOf = ({ summary: { builds, boots, tests } }: z.infer<typeof Page>) =>
  [builds, boots, tests].map(({ status }) => Object.fromEntries(Object.entries(status).filter(([, n]) => n > 0)));

test("a platform shows what ran on it, of the newest commit of each branch", async () => {
  expect(await idsOf("builds", body())).toEqual(["bad", "good", "lost"]);
  expect(await idsOf("boots", body())).toEqual(["boot", "n1"]);
  expect(await idsOf("tests", body())).toEqual(["fail", "late", "pathless"]);
});

test("a compatible stands for every board that has it, tests without an environment's misc included", async () => {
  expect(await idsOf("tests", body(), compatibles[1])).toEqual(["bare", "fail", "late", "pathless"]);
  expect(await idsOf("builds", body(), compatibles[1])).toEqual(["bad", "good"]);
});

test("tests count by their own start, in lists and in figures alike", async () => {
  expect(await idsOf("tests", bodyUntil(8))).toEqual(["fail", "pathless"]);
  for (const hour of [8, 23])
    expect(statusesOf(await pageOf("summary", bodyUntil(hour)))[2]).toEqual(
      statusesOf(await pageOf("", bodyUntil(hour)))[2],
    );
});

test("the whole of a hardware counts trees and issues as documented", async () => {
  const full = await pageOf("", body());
  expect(statusesOf(full)).toEqual([
    { PASS: 2, FAIL: 1 },
    { PASS: 1, FAIL: 1 },
    { ERROR: 1, FAIL: 1, SKIP: 1 },
  ]);
  expect(full.summary).toMatchObject({
    builds: { issues: [], unknown_issues: 1 },
    boots: { unknown_issues: 1, environment_misc: null, platforms: { [platform]: { PASS: 1, FAIL: 1 } } },
    tests: {
      issues: [{ id: id("i"), version: 1, incidents_info: { FAIL: 1 } }],
      fail_reasons: { "it broke": 1, "unknown error": 1 },
      failed_platforms: [platform],
    },
  });
  expect(full.common.compatibles).toEqual([...compatibles]);
  expect(
    full.common.trees.map(({ index, head_git_commit_hash, selected_commit_status }) => [
      index,
      head_git_commit_hash,
      selected_commit_status,
    ]),
  ).toEqual([
    ["0", head, { builds: { PASS: 1, FAIL: 1 }, boots: { PASS: 1 }, tests: { FAIL: 1, SKIP: 1, ERROR: 1 } }],
    ["1", next, { builds: { PASS: 1 }, boots: { FAIL: 1 }, tests: {} }],
  ]);
  expect(full.builds).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: id("bad"), issue_id: id("i"), issue_version: 1, tree_name: "hardware" }),
      expect.objectContaining({ id: id("good"), issue_id: null, issue_version: null }),
    ]),
  );
});

test("a summary counts the same, but for builds without a configuration", async () => {
  const summary = await pageOf("summary", body());
  expect(statusesOf(summary)).toEqual([
    { PASS: 1, FAIL: 1 },
    { PASS: 1, FAIL: 1 },
    { ERROR: 1, FAIL: 1, SKIP: 1 },
  ]);
  expect(summary.summary).toMatchObject({
    builds: { issues: [], unknown_issues: 0 },
    boots: { unknown_issues: 1 },
    tests: { issues: [], unknown_issues: 0, fail_reasons: {}, failed_platforms: [] },
  });
  expect(summary.common.trees.map(({ head_git_commit_hash }) => head_git_commit_hash)).toEqual([head, next]);
});

test("trees are selected by index, at their heads or at another commit", async () => {
  expect(await idsOf("tests", body({ selectedCommits: { "0": "head" } }))).toEqual(["fail", "late", "pathless"]);
  expect(await idsOf("tests", body({ selectedCommits: { "0": older } }))).toEqual(["o1"]);
  expect(await idsOf("boots", body({ selectedCommits: { "1": "head" } }))).toEqual(["n1"]);
  expect(statusesOf(await pageOf("summary", body({ selectedCommits: { "0": older, "9": "head" } })))[2]).toEqual({
    PASS: 1,
  });
  const none = await askHardware(platform, "summary", body({ selectedCommits: { "9": "head" } }));
  expect(await none.json()).toEqual({ error: "Hardware not found" });
});

test.each([
  ["builds", { "filter_build.status": ["FAIL"] }, ["bad"]],
  ["builds", { "filter_build.issue": "Uncategorized" }, []],
  ["builds", { filter_config_name: ["defconfig", "Unknown"] }, ["good", "lost"]],
  ["builds", { "filter_duration_[gte]": ["6"] }, ["good"]],
  ["builds", { "filter_test.hardware": "Unknown" }, ["lost"]],
  ["tests", { "filter_test.issue": [`${id("i")},1`] }, ["fail"]],
  ["tests", { "filter_test.status": ["ERROR", "SKIP"] }, ["late", "pathless"]],
  ["tests", { "filter_test.duration_[lte]": ["8"] }, ["fail"]],
  ["tests", { "filter_test.duration": 9 }, []],
  ["tests", { "filter_test.path": "p.b" }, ["late"]],
  ["tests", { "filter_test.platform": ["elsewhere"] }, []],
  ["tests", { "filter_test.lab": "Unknown", filter_trees: ["0"] }, []],
  ["tests", { "filter_test.status": [] }, ["fail", "late", "pathless"]],
  ["boots", { "filter_boot.issue": "Uncategorized,null" }, ["n1"]],
] as const)("of %s, %o leaves what it says", async (page, filter, left) => {
  expect(await idsOf(page, body({ filter }))).toEqual(left);
});

test.each([
  { "filter_test.status": ["FAIL"], "filter_boot.status": ["PASS"] },
  { filter_config_name: ["tinyconfig"] },
  { "filter_test.lab": ["lab-a"] },
  { "filter_test.hardware": [compatibles[0]] },
])("a summary takes %o to its counts of boots and tests as the whole does", async (filter) => {
  const [, boots, tests] = statusesOf(await pageOf("summary", body({ filter })));
  const [, allBoots, allTests] = statusesOf(await pageOf("", body({ filter })));
  expect([boots, tests]).toEqual([allBoots, allTests]);
});

test("a summary by issue or by duration looks at the tests themselves", async () => {
  const byIssue = await pageOf("summary", body({ filter: { "filter_test.issue": [`${id("i")},1`] } }));
  expect(statusesOf(byIssue)[2]).toEqual({ FAIL: 1 });
  const byDuration = await pageOf("summary", body({ filter: { "filter_test.duration_[gte]": ["8"] } }));
  expect(statusesOf(byDuration)[2]).toEqual({ FAIL: 1 });
});

test("a whole environment is shown on request", async () => {
  const path = `/hardware/${platform}/boots`;
  const init = { method: "POST", body: JSON.stringify(body()) };
  expect(await (await ask(path, init)).text()).toContain(`"environment_misc":{"platform" : "${platform}"}`);
  expect(await (await ask(`${path}?full_environment_misc=yes`, init)).text()).toContain('"job": 7');
});

test("a hardware that nothing ran on says so", async () => {
  for (const page of ["", "summary", "builds", "boots", "tests"])
    expect(await (await askHardware(`${platform}-none`, page, body())).json()).toEqual({
      error: "This hardware isn't associated with any commit",
    });
});

test("a hardware whose tests all started outside of the range has trees and no records", async () => {
  const answers = Object.entries({
    "": "Hardware not found",
    summary: "Hardware not found",
    builds: "No builds found for this hardware",
    boots: "No boots found for this hardware",
    tests: "No tests found for this hardware",
  });
  for (const [page, error] of answers)
    expect(await (await askHardware(platform, page, bodyUntil(3))).json(), page).toEqual({ error });
});
