import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { storedKernelci } from "../../support/kernelci-objects.ts";
import { answerOf, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const origin = `compare${randomBytes(4).toString("hex")}`;
const [before, after] = [randomBytes(20).toString("hex"), randomBytes(20).toString("hex")];
const url = "https://git.example.org/compared.git";
const id = (name: string) => `${origin}:${name}`;

/** What each configuration's build, and each path's test, was at both commits. */
const CHANGES = {
  regression: ["PASS", "FAIL"],
  unclear: ["PASS", "ERROR"],
  fixed: ["FAIL", "PASS"],
  newFailure: [undefined, "FAIL"],
  stillFailing: ["FAIL", "FAIL"],
  newPass: ["MISS", "PASS"],
  appeared: [undefined, "SKIP"],
  disappeared: ["DONE", undefined],
  same: ["PASS", "PASS"],
} as const;

const checkout = (name: string, hash: string, day: number) => ({
  id: id(name),
  origin,
  git_commit_hash: hash,
  git_repository_url: url,
  git_repository_branch: "for/next",
  tree_name: "compared",
  start_time: `2025-02-0${day}T00:00:00Z`,
  _timestamp: `2025-02-0${day}T01:00:00Z`,
});
const common = { origin, architecture: "arm64", compiler: "gcc-14", start_time: "2025-02-02T02:00:00Z" };
const sides = [
  ["a", 0],
  ["b", 1],
] as const;

const builds = sides.flatMap(([side, at]) =>
  Object.entries(CHANGES).flatMap(([config_name, statuses]) =>
    statuses[at] === undefined
      ? []
      : [{ ...common, id: id(`${side}-${config_name}`), checkout_id: id(side), config_name, status: statuses[at] }],
  ),
);
const tests = sides.flatMap(([side, at]) =>
  Object.entries(CHANGES).flatMap(([name, statuses], nth) =>
    statuses[at] === undefined
      ? []
      : [
          {
            id: id(`${side}-test-${name}`),
            origin,
            build_id: id(`${side}-same`),
            path: `suite.part-100.${name}`,
            status: statuses[at],
            start_time: "2025-02-02T03:00:00Z",
            environment: {
              misc: { platform: nth % 2 === 0 ? "board" : "" },
              compatible: ["vendor,board", "vendor,soc"],
            },
            misc: { runtime: "lab-one" },
          },
        ],
  ),
);

storedKernelci({
  checkouts: [
    checkout("a", before, 1),
    checkout("b", after, 3),
    // Ingested before `b`, so that it does not stand for the commit.
    { ...checkout("b-early", after, 2) },
  ],
  builds: [
    ...builds,
    { ...common, id: id("b-early-other"), checkout_id: id("b-early"), config_name: "other", status: "FAIL" },
    // An earlier build of the same identity does not count.
    {
      ...common,
      id: id("b-same-early"),
      checkout_id: id("b"),
      config_name: "same",
      status: "FAIL",
      start_time: "2025-02-01T02:00:00Z",
    },
    { ...common, id: `maestro:dummy_${origin}`, checkout_id: id("a"), config_name: "dummy", status: "FAIL" },
  ],
  tests: [
    ...tests,
    { id: id("a-boot"), origin, build_id: id("a-same"), path: "boot.nfs", status: "PASS" },
    { id: id("b-boot"), origin, build_id: id("b-same"), path: "boot.nfs", status: "FAIL" },
    { id: id("a-nameless"), origin, build_id: id("a-same"), status: "FAIL" },
    { id: id("a-of-dummy"), origin, build_id: `maestro:dummy_${origin}`, path: "suite.dummy", status: "PASS" },
  ],
});

const query = `hash_a=${before}&hash_b=${after}&origin=${origin}`;
const at = (rest: string) => `/tree/compared/for/next/compare${rest}`;

test("every way a build, boot or test can go is counted once", async () => {
  const changes = {
    ...{ regression: 2, fixed: 1, newFailure: 1, stillFailing: 1, newPass: 1, appeared: 1, disappeared: 1 },
  };
  expect(await answerOf(at(`?${query}`))).toMatchObject({
    treeName: "compared",
    branch: "for/next",
    gitUrl: url,
    summary: {
      builds: { sideA: { pass: 3, fail: 2, inconclusive: 2 }, changes },
      boots: { sideA: { pass: 1, fail: 0, inconclusive: 0 }, sideB: { pass: 0, fail: 1, inconclusive: 0 } },
      // The test without a path is one of its side, and no identity.
      tests: {
        sideA: { pass: 4, fail: 3, inconclusive: 2 },
        sideB: { pass: 3, fail: 3, inconclusive: 2 },
        delta: { pass: -1, fail: 0 },
        changes,
      },
    },
  });
});

test("delta is what B has more than A", async () => {
  expect(await answerOf(at(`?${query}`))).toMatchObject({ summary: { boots: { delta: { pass: -1, fail: 1 } } } });
});

test("builds that differ or fail on both sides are listed in order, null where one is absent", async () => {
  const listed = await answerOf(at(`/builds?${query}`));
  const build = (config_name: string, status_a: string | null, status_b: string | null) => ({
    ...{ config_name, architecture: "arm64", compiler: "gcc-14", status_a, status_b },
  });
  expect(listed).toEqual([
    build("appeared", null, "INCONCLUSIVE"),
    build("disappeared", "INCONCLUSIVE", null),
    build("fixed", "FAIL", "PASS"),
    build("newFailure", null, "FAIL"),
    build("newPass", "INCONCLUSIVE", "PASS"),
    build("regression", "PASS", "FAIL"),
    build("stillFailing", "FAIL", "FAIL"),
    build("unclear", "PASS", "INCONCLUSIVE"),
  ]);
});

test("a status filter looks at both sides and never hides one of them", async () => {
  const failing = await answerOf(at(`/tests?${query}&filter_test.status=FAIL`));
  expect(failing).toEqual(
    ["fixed", "newFailure", "regression", "stillFailing"].map((name) =>
      expect.objectContaining({ path: `suite.part-100.${name}` }),
    ),
  );
  expect(failing).toContainEqual(expect.objectContaining({ status_a: "PASS", status_b: "FAIL" }));
});

test("hardware is any compatible or the platform, a lab the test's, a path a part of the text", async () => {
  const all = await answerOf(at(`/tests?${query}`));
  const ofBoard = await answerOf(at(`/tests?${query}&filter_test.hardware=board`));
  expect(ofBoard).toMatchObject([
    { platform: "board" },
    { platform: "board" },
    { platform: "board" },
    { platform: "board" },
  ]);
  expect(await answerOf(at(`/tests?${query}&filter_test.hardware=vendor,soc`))).toEqual(all);
  expect(await answerOf(at(`/tests?${query}&filter_test.lab=lab-one`))).toEqual(all);
  expect(await answerOf(at(`/tests?${query}&filter_test.lab=lab-two`))).toEqual([]);
  expect(await answerOf(at(`/tests?${query}&filter_test.platform=Unknown&filter_test.path=part-100`))).toHaveLength(4);
  expect(await answerOf(at(`/tests?${query}&filter_test.path=s_ite`))).toEqual([]);
  expect(await answerOf(at(`/builds?${query}&filter_test.hardware=board`))).toEqual([]);
});

test("a commit compared with itself has changed nothing, one that nobody knows counts zero", async () => {
  const itself = `hash_a=${after}&hash_b=${after}&origin=${origin}`;
  expect(await answerOf(at(`?${itself}`))).toMatchObject({
    summary: { builds: { delta: { pass: 0, fail: 0 }, changes: { regression: 0, fixed: 0, stillFailing: 3 } } },
  });
  const none = { pass: 0, fail: 0, inconclusive: 0 };
  expect(await answerOf(at(`?hash_a=none&hash_b=nothing&origin=${origin}`))).toMatchObject({
    gitUrl: "",
    summary: { builds: { sideA: none, sideB: none }, tests: { sideA: none, sideB: none } },
  });
});

test("recorded builds through their tests' hardware", async () => {
  const recorded = "hash_a=cfc4a46707c49d7c0e053e3dc57ca1366b4734d8&hash_b=cbe797502236f344b9c291d03b2b7903b2153379";
  const all = await answerOf(`/tree/mainline/master/compare/builds?${recorded}`);
  const some = await answerOf(`/tree/mainline/master/compare/builds?${recorded}&filter_test.hardware=qemu-x86`);
  expect(all).toEqual(expect.arrayContaining([expect.objectContaining({ config_name: "Unknown" })]));
  expect(some).not.toEqual(all);
});
