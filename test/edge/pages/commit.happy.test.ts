import { beforeAll, describe, expect, test } from "vitest";
import type { Commit } from "../../../functions/edge/pages/commit/shape.ts";
import { approvedResult } from "../../support/approved-result.ts";
import { freshRepository } from "../../support/github-delivery.ts";
import { freshId, submitted } from "../../support/kernelci-submissions.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { askPage, commitAt, freshHash, storeRun } from "../../support/pages.ts";
import { commitBody, freshProject, posted } from "../../support/qaboard.ts";

const edge = ownEdge(() => ({ EOSC_PERF_COMMIT_PATH: "meta.commit" }));
const at = (sha: string) => commitAt(sha, { edgeUrl: edge().url });

type Part<K extends "github" | "kernelci" | "qaboard" | "eosc_perf"> = Extract<Commit[K], { access: "granted" }>;
function granted<K extends "github" | "kernelci" | "qaboard" | "eosc_perf">(commit: Commit, name: K): Part<K> {
  const part = commit[name];
  if (part.access !== "granted") throw new Error(`${name} needs a token`);
  return part as Part<K>; // Narrowing does not reach through the type parameter.
}

/** Verdict and standing of each series, by name. */
const judged = (series: readonly { name: string; verdict: string | null; standing: string | null }[]) =>
  Object.fromEntries(series.map(({ name, verdict, standing }) => [name, [verdict, standing]]));

/** A submission of a checkout with a build and tests of given statuses. */
function kernel(
  sha: string,
  tree: string,
  start_time: string,
  tests: Record<string, readonly string[]>,
  build = "PASS",
) {
  const checkout = freshId();
  const buildId = freshId();
  return {
    version: { major: 5, minor: 3 },
    checkouts: [
      {
        id: checkout,
        origin: "tests",
        start_time,
        tree_name: tree,
        git_repository_branch: "main",
        git_repository_url: `https://GitHub.com/tests/${tree}.git`,
        git_commit_hash: sha,
      },
    ],
    builds: [
      {
        id: buildId,
        origin: "tests",
        checkout_id: checkout,
        architecture: "arm64",
        config_name: "defconfig",
        compiler: "gcc-12",
        status: build,
        start_time,
      },
    ],
    tests: Object.entries(tests).flatMap(([path, statuses]) =>
      statuses.map((status) => ({
        id: freshId(),
        origin: "tests",
        build_id: buildId,
        path,
        status,
        start_time,
        environment: { misc: { platform: "board-1" } },
        misc: { runtime: "lab-1" },
      })),
    ),
  };
}

/** Submits it and waits until it is stored. */
async function stored(submission: object): Promise<void> {
  const { status, reason } = await submitted(submission);
  if (status !== "processed") throw new Error(`${status}: ${reason}`);
}

describe("a commit that arrived through all sources", () => {
  const repository = freshRepository();
  const sha = freshHash();
  let commit: Commit;
  beforeAll(async () => {
    const place = { ...freshProject(), hash: sha };
    const later = "2026-01-02T00:00:00Z";
    await Promise.all([
      storeRun(repository, {
        sha,
        committedAt: later,
        message: "Fix it\n\nFor good.",
        jobs: [{ name: "build", conclusions: ["success"] }],
      }),
      stored(kernel(sha, repository.name, later, { "boot.nfs": ["PASS"], "kselftest.a": ["FAIL"] })),
      posted(place),
      approvedResult({ meta: { commit: sha }, score: 1 }),
    ]);
    commit = await at(sha);
  });

  test("has a part from each", () => {
    expect(commit.sha).toBe(sha);
    expect(granted(commit, "github").runs).toMatchObject([
      { repository: repository.full_name, workflow: "CI", conclusion: "success" },
    ]);
    expect(granted(commit, "kernelci").checkouts).toMatchObject([
      { tree: repository.name, repository: `github.com/tests/${repository.name}` },
    ]);
    expect(granted(commit, "qaboard").batches).toMatchObject([{ label: "default", valid: 1, failed: 0 }]);
    expect(granted(commit, "eosc_perf").results).toHaveLength(1);
  });

  test("is one commit of one repository, whatever address each source has", () => {
    expect(commit).toMatchObject({
      message: "Fix it\n\nFor good.",
      branches: ["main", "master"],
      repositories: [`github.com/tests/${repository.name}`],
    });
  });

  test("has one line of verdicts", () => {
    expect(commit.summary).toBe("1 failure first seen here, 4 passed");
  });

  test("leads to rows that the sources' own APIs serve", async () => {
    const urls = [
      ...granted(commit, "github").runs.map(({ url }) => url),
      ...granted(commit, "github").jobs.flatMap(({ evidence }) => evidence.map(({ url }) => url)),
      ...granted(commit, "kernelci").failures.flatMap(({ evidence }) => evidence.map(({ url }) => url)),
      ...granted(commit, "qaboard").batches.map(({ url }) => url),
      ...granted(commit, "eosc_perf").results.map(({ url }) => url),
    ];
    expect(urls).toHaveLength(5);
    for (const url of urls) expect([url, (await fetch(edge().url + url)).status]).toEqual([url, 200]);
  });

  test("is found by the beginning of its hash, in any case", async () => {
    expect((await at(sha.slice(0, 12))).sha).toBe(sha);
    expect(await at(sha.toUpperCase())).toEqual(commit);
  });

  test("is a page for browsers that says the same", async () => {
    const { status, text, headers } = await askPage(`/commits/${sha}`, { as: "html", edgeUrl: edge().url });
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const said of [
      sha,
      commit.summary,
      "Fix it",
      repository.full_name,
      "kselftest.a",
      "board-1",
      "lab-1",
      "loss",
      "GitHub Actions",
      "EOSC-Perf",
    ])
      expect(text).toContain(said);
  });

  test("costs nothing to ask for again", async () => {
    for (const as of ["html", "json"] as const) {
      const { headers } = await askPage(`/commits/${sha}`, { as, edgeUrl: edge().url });
      const etag = headers.get("etag") ?? "";
      const again = await askPage(`/commits/${sha}`, { as, edgeUrl: edge().url, headers: { "if-none-match": etag } });
      expect([as, again.status, again.text]).toEqual([as, 304, ""]);
    }
  });
});

test("a GitHub job is new, known, first seen or flaky beside its branch", async () => {
  const repository = freshRepository();
  const [before, sha] = [freshHash(), freshHash()];
  const jobs = (conclusions: Record<string, string[]>) =>
    Object.entries(conclusions).map(([name, list]) => ({ name, conclusions: list }));
  await storeRun(repository, {
    sha: before,
    committedAt: "2026-01-01T00:00:00Z",
    jobs: jobs({ broke: ["success"], old: ["failure"], skipped: ["skipped"] }),
  });
  await storeRun(repository, {
    sha,
    committedAt: "2026-01-02T00:00:00Z",
    jobs: [
      ...jobs({
        broke: ["failure"],
        old: ["failure"],
        skipped: ["failure"],
        again: ["failure", "success"],
        gone: ["cancelled"],
      }),
      { name: "unserved", conclusions: ["failure"], noRunner: true },
    ],
  });
  const commit = await at(sha);
  expect(judged(granted(commit, "github").jobs)).toEqual({
    broke: ["fail", "new"],
    old: ["fail", "known"],
    skipped: ["fail", "first_seen"],
    again: ["flaky", null],
    gone: ["error", null],
    unserved: ["error", null],
  });
  expect(
    granted(commit, "github")
      .jobs.map(({ name }) => name)
      .slice(0, 3),
  ).toEqual(["broke", "skipped", "old"]);
  expect(granted(commit, "github").jobs.find(({ name }) => name === "again")?.evidence).toMatchObject([
    { outcome: "fail" },
    { outcome: "pass" },
  ]);
  expect(commit.summary).toBe(
    "1 new failure, 1 failure first seen here, 1 known failure, 1 flaky, 2 infrastructure errors",
  );
});

test("a run without jobs is judged by its own conclusion", async () => {
  const sha = freshHash();
  await storeRun(freshRepository(), { sha, committedAt: "2026-01-02T00:00:00Z", jobs: [] });
  expect(judged(granted(await at(sha), "github").jobs)).toEqual({ "whole run": ["pass", null] });
});

test("builds, boots and tests of a kernel are judged beside the tree's earlier checkouts", async () => {
  const tree = freshRepository().name;
  const [oldest, before, sha] = [freshHash(), freshHash(), freshHash()];
  await stored(kernel(oldest, tree, "2026-01-01T00:00:00Z", { "a.known": ["PASS"], "a.errors": ["PASS"] }));
  await submitted(
    kernel(before, tree, "2026-01-02T00:00:00Z", {
      "a.known": ["PASS", "FAIL"],
      "a.errors": ["ERROR"],
      "boot.new": ["PASS"],
    }),
  );
  await submitted(
    kernel(
      sha,
      tree,
      "2026-01-03T00:00:00Z",
      {
        "a.known": ["FAIL"],
        "a.errors": ["FAIL"],
        "boot.new": ["FAIL"],
        "a.flaky": ["FAIL", "PASS"],
        "a.first": ["FAIL"],
        "a.miss": ["MISS"],
      },
      "FAIL",
    ),
  );
  const { failures, counts } = granted(await at(sha), "kernelci");
  expect(judged(failures)).toEqual({
    build: ["fail", "new"],
    "a.known": ["fail", "known"],
    "a.errors": ["fail", "new"],
    "boot.new": ["fail", "new"],
    "a.flaky": ["flaky", null],
    "a.first": ["fail", "first_seen"],
  });
  expect(counts).toEqual([
    { kind: "boot", pass: 0, fail: 1, skip: 0, error: 0, missing: 0, running: 0 },
    { kind: "build", pass: 0, fail: 1, skip: 0, error: 0, missing: 0, running: 0 },
    { kind: "test", pass: 1, fail: 4, skip: 0, error: 0, missing: 1, running: 0 },
  ]);
});

test("outputs of QA-Board are judged beside the branch's earlier commits, with their metrics", async () => {
  const first = freshProject();
  const sha = freshHash();
  const place = { ...first, hash: sha };
  const output = (where: typeof place, input_path: string, isFailed: boolean, day: number) =>
    posted(where, {
      ...commitBody(where, { commit_authored_datetime: `2026-03-0${day}T10:00:00+00:00` }),
      input_path,
      output_directory: `${where.folder}/output/${input_path}`,
      metrics: { is_failed: isFailed, loss: 2.5 },
    });
  await output(first, "a.jpg", false, 1);
  await output(first, "b.jpg", true, 1);
  await output(place, "a.jpg", true, 2);
  await output(place, "b.jpg", true, 2);
  await output(place, "c.jpg", false, 2);
  const { outputs, counts } = granted(await at(sha), "qaboard");
  expect(judged(outputs)).toEqual({ "a.jpg": ["fail", "new"], "b.jpg": ["fail", "known"], "c.jpg": ["pass", null] });
  expect(counts).toMatchObject({ pass: 1, fail: 2 });
  expect(outputs[0]?.metrics).toEqual([{ name: "loss", value: 2.5 }]);
});

test("benchmark results stay out while no path names their commit", async () => {
  const sha = freshHash();
  await approvedResult({ meta: { commit: sha } });
  expect(granted(await at(sha), "eosc_perf").results).toHaveLength(1);
  expect((await askPage(`/commits/${sha}`)).status).toBe(404);
});
