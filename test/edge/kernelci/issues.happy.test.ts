import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { answerOf } from "../../support/kernelci-reads.ts";
import { insertRows, type OwnObjects, ownObjects } from "../../support/kernelci-rows.ts";

const pool = testPool();
const KERNEL_ORG = "https://git.kernel.org/pub/scm/linux/kernel/git";
const List = z.object({
  issues: z.array(z.looseObject({ id: z.string() })),
  extras: z.record(z.string(), z.looseObject({})),
  filters: z.object({ origins: z.array(z.string()), culprits: z.array(z.string()), categories: z.array(z.string()) }),
});

/** An hour that no other test stores issues in, so that lists hold this test's alone. */
let hour = 0;
const ownHour = () => {
  hour += 1;
  const start = Date.UTC(2001, 0, 1, hour) / 1_000;
  return { at: (seconds: number) => new Date((start + seconds) * 1_000).toISOString(), start, end: start + 3_599 };
};

async function listed({ start, end }: { start: number; end: number }, query = "") {
  const range = `startTimestampInSeconds=${start}&endTimestampInSeconds=${end}`;
  return List.parse(await answerOf(`/issue/?${range}${query}`));
}

const idsOf = ({ issues }: z.infer<typeof List>) => issues.map(({ id }) => id.split(":")[1]).sort();

/** Issues of four kinds: on the build, on nothing, only of another version, and on a build that nobody stored. */
async function someIssues(time: (seconds: number) => string): Promise<OwnObjects> {
  const own = await ownObjects(pool);
  const { origin, buildId, testId } = own;
  const issue = (name: string, change: object) => ({
    id: `${origin}:${name}`,
    version: 1,
    origin,
    _timestamp: time(10),
    ...change,
  });
  await insertRows(pool, "issues", [
    issue("code", { culprit_code: true, culprit_tool: false, categories: ["kernel.a", "kernel.b"] }),
    issue("none", { culprit_tool: true, categories: ["kernel.b"] }),
    issue("late", { origin: `${origin}2`, _timestamp: time(20) }),
    issue("elsewhere", {}),
    issue("orphan", { culprit_harness: true }),
  ]);
  const incident = (name: string, change: object) => ({ id: `${origin}:${name}`, origin, issue_version: 1, ...change });
  await insertRows(pool, "incidents", [
    incident("1", { issue_id: `${origin}:code`, build_id: buildId, _timestamp: time(30) }),
    incident("2", { issue_id: `${origin}:code`, test_id: testId, _timestamp: time(25) }),
    incident("3", { issue_id: `${origin}:code`, test_id: testId, issue_version: 7, _timestamp: time(20) }),
    incident("4", { issue_id: `${origin}:elsewhere`, build_id: buildId, issue_version: 2, _timestamp: time(20) }),
    incident("5", { issue_id: `${origin}:orphan`, build_id: "nobody:b", _timestamp: time(20) }),
  ]);
  return own;
}

test("a list holds the issues of its range that were seen in a tree, or nowhere", async () => {
  const own = ownHour();
  const { origin, checkoutId } = await someIssues(own.at);
  const list = await listed(own);
  expect(idsOf(list)).toEqual(["code", "late", "none"]);
  expect(list.extras).toEqual({
    [`${origin}:code`]: {
      first_seen: own.at(25).replace(".000Z", "Z"),
      git_commit_hash: "c0ffee",
      git_repository_url: `https://example.org/${origin}.git`,
      git_repository_branch: "main",
      git_commit_name: null,
      tree_name: "own",
      issue_version: 1,
      checkout_id: checkoutId,
    },
  });
  expect(list.filters).toEqual({
    origins: [origin, `${origin}2`],
    culprits: ["code", "harness", "tool"],
    categories: ["kernel.a", "kernel.b"],
  });
});

test("both ends of a range are in it", async () => {
  const own = ownHour();
  await someIssues(own.at);
  expect(idsOf(await listed({ start: own.start + 10, end: own.start + 10 }))).toEqual(["code", "none"]);
  expect(idsOf(await listed({ start: own.start + 10.5, end: own.start + 20 }))).toEqual(["late"]);
  expect(await answerOf(`/issue/?startTimestampInSeconds=${own.start}&endTimestampInSeconds=${own.start + 9}`)).toEqual(
    {
      error: "No issues found",
    },
  );
});

test.each([
  ["&filter_issue.culprit=code", ["code"]],
  ["&filter_issue.culprit=tool&filter_issue.culprit=code", ["code", "none"]],
  ["&filter_issue.culprit=gremlins", ["code", "late", "none"]],
  ["&filter_issue.categories=kernel.b", ["code", "none"]],
  ["&filter_issue.categories=kernel.a&filter_issue.categories=x", ["code"]],
  ["&filter_issue.categories=kernel", []],
  ["&filter_issue.options=hasIncident", ["code"]],
  ["&filter_issue.options=other", ["code", "late", "none"]],
  ["&filter_issue.culprit=tool&filter_issue.options=hasIncident", []],
  ["&filter_issue.culprit_[exact]=tool", ["none"]],
  ["&filter_unknown=x&interval_in_days=3", ["code", "late", "none"]],
])("filtered by %s", async (query, expected) => {
  const own = ownHour();
  const { origin } = await someIssues(own.at);
  const list = await listed(own, query);
  expect(idsOf(list)).toEqual(expected);
  expect(list.filters.origins).toEqual([origin, `${origin}2`]);
});

test("filtered by origin", async () => {
  const own = ownHour();
  const { origin } = await someIssues(own.at);
  expect(idsOf(await listed(own, `&filter_origin=${origin}2`))).toEqual(["late"]);
  expect(idsOf(await listed(own, `&filter_origin=${origin}2&filter_origin=${origin}`))).toEqual([
    "code",
    "late",
    "none",
  ]);
});

test("extras: versions as asked, null when not stored; issues without incidents are left out", async () => {
  const own = ownHour();
  const { origin } = await someIssues(own.at);
  const [code, none] = [`${origin}:code`, `${origin}:none`];
  const asked = [
    [code, 7],
    [none, 1],
    [code, 1],
    [code, 7],
  ];
  const answer = await answerOf("/issue/extras/", { method: "POST", body: JSON.stringify({ issues: asked }) });
  const incident = { git_commit_hash: "c0ffee", tree_name: "own" };
  expect(answer).toEqual({
    issues: {
      [code]: {
        first_incident: expect.objectContaining({
          ...incident,
          issue_version: 1,
          first_seen: own.at(25).replace(".000Z", "Z"),
        }),
        last_incident: expect.objectContaining({
          ...incident,
          issue_version: 7,
          first_seen: own.at(20).replace(".000Z", "Z"),
        }),
        versions: {
          "1": { id: code, version: 1, trees: [{ tree_name: "own", git_repository_branch: "main" }], tags: [] },
          "7": null,
        },
      },
    },
  });
});

test.each([
  ["mainline", `${KERNEL_ORG}/torvalds/linux.git`, "master", ["mainline"]],
  ["mainline", `${KERNEL_ORG}/torvalds/linux.git`, "other", []],
  ["stable", `${KERNEL_ORG}/stable/linux.git`, "linux-6.1.y", ["stable"]],
  ["next", `${KERNEL_ORG}/next/linux-next.git`, "pending-fixes", ["linux-next"]],
  ["next", `${KERNEL_ORG}/next/linux-next.git`, "master", ["linux-next"]],
  ["copy", "https://example.org/torvalds/linux.git", "master", []],
  [null, `${KERNEL_ORG}/torvalds/linux.git`, "master", ["mainline"]],
])("issue details: tree %s of %s, branch %s has the tags %j", async (tree, url, branch, tags) => {
  const { origin, testId } = await ownObjects(pool, {
    checkout: { tree_name: tree, git_repository_url: url, git_repository_branch: branch },
  });
  const id = `${origin}:i`;
  await insertRows(pool, "issues", [{ id, version: 3, origin, _timestamp: "2001-06-01T00:00:00Z" }]);
  await insertRows(pool, "incidents", [{ id: `${origin}:1`, origin, issue_id: id, issue_version: 3, test_id: testId }]);
  const trees = tree === null ? [] : [{ tree_name: tree, git_repository_branch: branch }];
  const version = { id, version: 3, trees, tags };
  expect(await answerOf(`/issue/${id}?version=3`)).toMatchObject({
    version: 3,
    extra: { [id]: { versions: { "3": version } } },
  });
  expect(await answerOf(`/issue/${id}?version=2`)).toEqual({ error: "Issue not found" });
});

test("builds and tests are those of the highest version among incidents, or of the one asked for", async () => {
  const own = ownHour();
  const { origin, buildId, testId } = await someIssues(own.at);
  const code = `/issue/${origin}:code`;
  const ids = async (path: string) =>
    z
      .array(z.looseObject({ id: z.string() }))
      .parse(await answerOf(path))
      .map(({ id }) => id);
  expect(await ids(`${code}/tests`)).toEqual([testId]);
  expect(await answerOf(`${code}/builds`)).toEqual({ error: "No builds found for this issue" });
  expect(await ids(`${code}/builds?version=1`)).toEqual([buildId]);
  expect(await answerOf(`/issue/${origin}:orphan/builds`)).toEqual({ error: "No builds found for this issue" });
});

test("a test that nobody stored is listed with nulls, a build is left out", async () => {
  const { origin } = await ownObjects(pool);
  const id = `${origin}:i`;
  await insertRows(pool, "incidents", [
    { id: `${origin}:1`, origin, issue_id: id, issue_version: 1, test_id: "nobody:t" },
  ]);
  const none = { duration: null, path: null, start_time: null, environment_compatible: null, environment_misc: null };
  expect(await answerOf(`/issue/${id}/tests`)).toEqual([
    { id: "nobody:t", status: "NULL", ...none, tree_name: null, git_repository_branch: null, lab: null },
  ]);
});
