import { expect, test } from "vitest";
import { askHardware, ownHardware } from "../../../support/kernelci-hardware.ts";
import { answerOf, seededKernelci } from "../../../support/kernelci-reads.ts";

seededKernelci();

const { origin, platform, compatibles, older, head, next, url, id, second, body } = ownHardware();
const range = `startTimestampInSeconds=${second(0)}&endTimestampInSeconds=${second(23)}`;

const own = { hardware: [...compatibles], platform };
const counts = (PASS: number, FAIL: number, INCONCLUSIVE: number) => ({ PASS, FAIL, INCONCLUSIVE });

test("the list shows platforms with the counts of the newest checkouts", async () => {
  expect(await answerOf(`/hardware/?origin=${origin}&${range}`)).toEqual({
    hardware: expect.arrayContaining([
      {
        ...own,
        test_status_summary: counts(0, 1, 2),
        boot_status_summary: counts(1, 0, 0),
        build_status_summary: counts(1, 1, 0),
      },
    ]),
  });
});

test.each([
  ["a hash", () => older],
  ["a tag among others", () => `none, ${id("tag")}`],
])("the list of %s looks at all checkouts of the commits", async (_, commits) => {
  const answer = await answerOf(`/hardware/?origin=${origin}&${range}&commitsList=${encodeURIComponent(commits())}`);
  expect(answer).toMatchObject({ hardware: [own] });
});

test("times may be ISO texts or milliseconds", async () => {
  for (const [from, to] of [
    ["2025-02-03", "2025-02-03T23:00:00Z"],
    [`${second(0)}000`, `${second(23)}000`],
  ])
    expect(
      await answerOf(`/hardware/?origin=${origin}&startTimestampInSeconds=${from}&endTimestampInSeconds=${to}`),
    ).toMatchObject({ hardware: expect.any(Array) });
});

test("a range without checkouts has no hardware", async () => {
  const reversed = `startTimestampInSeconds=${second(23)}&endTimestampInSeconds=${second(0)}`;
  expect(await answerOf(`/hardware/?origin=${origin}&${reversed}`)).toEqual({ error: "No hardware found" });
});

test("a revision shows its platforms with every status, tests without a path aside", async () => {
  const revision = new URLSearchParams({
    ...{ tree_name: "hardware", git_repository_url: url, git_repository_branch: "main", git_commit_hash: head, origin },
  });
  expect(await answerOf(`/hardware-by-revision/?${revision}`)).toMatchObject({
    hardware: [
      {
        ...own,
        test_status_summary: { FAIL: 1, SKIP: 1, ERROR: 0 },
        boot_status_summary: { PASS: 1 },
        build_status_summary: { PASS: 1, FAIL: 1 },
      },
    ],
  });
  revision.set("git_commit_hash", next);
  expect(await answerOf(`/hardware-by-revision/?${revision}`)).toEqual({ hardware: [] });
});

test("selectors list the revisions of the last 30 days, of builds or of tests by origin", async () => {
  expect(await answerOf(`/hardware/selectors/?origin=${origin}`)).toEqual({ trees: [] });
  for (const one of ["maestro", "ti"])
    expect(await answerOf(`/hardware/selectors/?origin=${one}`)).toMatchObject({
      trees: expect.arrayContaining([expect.objectContaining({ tree_name: "android" })]),
    });
});

test("a commit history leads up to a head, one entry a commit", async () => {
  const { selectedCommits: _, ...range } = body();
  const named = (commitHash: string) => ({ treeName: "hardware", repositoryUrl: url, branch: "main", commitHash });
  const historyOf = async (...commitHeads: object[]) =>
    (await askHardware(platform, "commit-history", { ...range, commitHeads })).json();
  const commits = [older, head].sort().map((git_commit_hash) => expect.objectContaining({ git_commit_hash }));
  expect(await historyOf(named(head), named(head))).toEqual({
    commit_history_table: { [`hardware-${url}-main`]: commits },
  });
  expect(await historyOf(named(older))).toMatchObject({
    commit_history_table: {
      [`hardware-${url}-main`]: [{ git_commit_hash: older, start_time: "2025-02-03T01:00:00Z" }],
    },
  });
  expect(await historyOf(named(next))).toEqual({ error: "Commit history not found" });
});
