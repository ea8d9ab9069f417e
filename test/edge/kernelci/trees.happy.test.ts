import { expect, test } from "vitest";
import * as z from "zod";
import { answerOf, ask, seededKernelci } from "../../support/kernelci-reads.ts";
import { Listed, ownTree, Page } from "../../support/kernelci-tree.ts";

seededKernelci();

const HEAD = "02b1f11213c825a563bbb1d240efd933ba527434";
const { origin, hash, older, url, id, direct, idsOf } = ownTree();
const byCommit = (page: string) =>
  `/tree/${hash}/${page}?${new URLSearchParams({ origin, git_url: url, git_branch: "for/next" })}`;

test("a list shows each branch's newest checkout with the counts of its commit", async () => {
  const trees = z
    .array(z.looseObject({ id: z.string() }))
    .parse(await answerOf(`/tree/?origin=${origin}&interval_in_days=36500`));
  expect(trees.map((tree) => tree.id)).toEqual([id("c2"), id("c1")]);
  expect(trees[1]).toMatchObject({
    build_status: { PASS: 1, FAIL: 1, INCONCLUSIVE: 1 },
    boot_status: { PASS: 1, FAIL: 0, INCONCLUSIVE: 0 },
    ...{ tree_name: "own", git_repository_branch: "for/next", git_commit_tags: [id("tag")] },
    start_time: "2025-02-03T10:02:00Z",
  });
});

test("the latest checkout comes with the addresses of its details, of any commit, of a hash and of a tag", async () => {
  const latest = z
    .looseObject({ api_url: z.string(), old_api_url: z.string() })
    .parse(await answerOf(`/tree/own/for/next?origin=${origin}`));
  expect(latest).toMatchObject({ git_repository_url: url, git_commit_hash: hash, origin, tree_name: "own" });
  expect(latest.api_url).toBe(`/api/tree/own/for/next/${hash}/full?origin=${origin}`);
  expect(latest.old_api_url).toBe(
    `/api/tree/${hash}/full?origin=${origin}&git_url=https%3A%2F%2Fgit.example.org%2Fa%2520b~c%2F%28linux%29%2A.git%3Fx%3D1%26y%3D%272%27&git_branch=for%2Fnext`,
  );
  for (const address of [latest.api_url, latest.old_api_url])
    expect(await idsOf(address.replace("/api", ""), "builds")).toEqual(["bad", "bare", "good"]);
  expect(await answerOf(`/tree/own/for/next?origin=${origin}&commit_hash=${older}`)).toMatchObject({
    git_commit_hash: older,
  });
  expect(await answerOf(`/tree/own/for/next?origin=${origin}&commit_hash=${id("tag")}`)).toMatchObject({
    git_commit_hash: hash,
  });
});

test("both forms of an address give the same answers, and a tag means the newest commit that has it", async () => {
  for (const page of ["full", "summary", "builds", "boots", "tests"]) {
    const answer = await answerOf(byCommit(page));
    expect(answer, page).toEqual(await answerOf(direct(page)));
    expect(answer, page).toEqual(await answerOf(direct(page).replace(hash, id("tag"))));
  }
});

test("a tag that stands on two commits means the newest, in a summary as on the other pages", async () => {
  expect(await answerOf(direct("summary").replace(hash, id("tag")))).toEqual(await answerOf(direct("summary")));
});

test("lists show items as they are documented", async () => {
  const text = await (await ask(direct("builds"))).text();
  expect(text).toContain('"duration":60.0,');
  expect(text).toContain('"start_time":"2025-02-03T10:05:19.456000Z"');
  const builds = z.object({ builds: z.array(z.looseObject({ id: z.string() })) }).parse(JSON.parse(text)).builds;
  expect(builds.find((one) => one.id === id("bare"))).toEqual({
    ...{ id: id("bare"), origin, architecture: "Unknown", config_name: "Unknown" },
    ...{ misc: { lab: origin, platform: "Unknown" }, config_url: null, compiler: "Unknown", status: "NULL" },
    ...{ duration: null, log_url: null, start_time: null, git_repository_url: url, git_repository_branch: "for/next" },
  });
  expect(await answerOf(direct("boots"))).toEqual({
    boots: [
      {
        ...{ id: id("boot"), origin, status: "PASS", duration: 0, path: "boot.nfs", start_time: null },
        ...{ environment_compatible: null, config: "defconfig", log_url: null, architecture: "arm64" },
        ...{ compiler: "gcc-14", environment_misc: { platform: "board" }, lab: origin },
      },
    ],
  });
  const tests = await (await ask(direct("tests", "&full_environment_misc=yes"))).text();
  expect(tests).toContain('"environment_misc":{"device": "d-1", "platform": "board"}');
});

test("a test without a path is in everything, and in no list of tests", async () => {
  expect(await idsOf(direct("tests"), "tests")).toEqual(["fail", "proto"]);
  expect(await idsOf(direct("full"), "tests")).toEqual(["fail", "pathless", "proto"]);
  expect(await idsOf(direct("full"), "boots")).toEqual(["boot"]);
});

test("everything and its summary count alike, but for the incidents of builds", async () => {
  const full = Page.parse(await answerOf(direct("full")));
  const summary = Page.parse(await answerOf(direct("summary")));
  expect(full.summary.tests.status).toEqual({ PASS: 0, ERROR: 1, FAIL: 1, SKIP: 1, MISS: 0, DONE: 0, NULL: 0 });
  expect(full.summary.builds.status).toEqual({ PASS: 1, ERROR: 0, FAIL: 1, SKIP: 0, MISS: 0, DONE: 0, NULL: 1 });
  for (const kind of ["builds", "boots", "tests"] as const) {
    expect(summary.summary[kind].status).toEqual(full.summary[kind].status);
    expect(summary.summary[kind].issues).toEqual(full.summary[kind].issues);
    expect(summary.filters[kind]).toEqual(full.filters[kind]);
  }
  // A build with a known issue, and another incident of a version that is not stored.
  expect([full.summary.builds.unknown_issues, summary.summary.builds.unknown_issues]).toEqual([1, 1]);
  expect(full.summary.tests).toMatchObject({
    fail_reasons: { "it __proto__ broke": 1, "unknown error": 1 },
    environment_compatible: { "vendor,board": { FAIL: 1 } },
    platforms: null,
  });
  expect(Object.entries(z.record(z.string(), z.unknown()).parse(full.summary.tests.environment_misc))).toEqual(
    expect.arrayContaining([["Unknown", { SKIP: 1 }]]),
  );
  expect(summary.summary.tests.fail_reasons).toEqual({});
});

test("two checkouts of the recorded head of mainline stand in one answer", async () => {
  const full = Page.parse(await answerOf(`/tree/mainline/master/${HEAD}/full`));
  const { builds } = z.object({ builds: Listed }).parse(await answerOf(`/tree/mainline/master/${HEAD}/builds`));
  expect(Object.values(full.summary.builds.status).reduce((sum, n) => sum + n, 0)).toBe(builds.length);
  expect(builds.some((one) => one.id.includes("dummy_"))).toBe(false);
});
