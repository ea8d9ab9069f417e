import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { between, oneOf, type Random } from "../../faults/random.ts";

const STATUSES = ["PASS", "FAIL", "ERROR", "MISS", "SKIP", "DONE", undefined, undefined] as const;
const ORIGINS = ["maestro", "ti"] as const;

/** So few ids that submissions meet: again, corrected, before their parents, at once. */
const ids = (what: string, count: number) => (random: Random) => `maestro:${what}${between(random, 1, count)}`;
const checkoutId = ids("c", 4);
const buildId = (random: Random) => (random() < 0.15 ? "maestro:dummy_b1" : ids("b", 6)(random));
const testId = ids("t", 14);

/** One submission of up to a few objects of each kind, most fields now there and now left out. */
export function madeSubmission(random: Random): Objects {
  const some = (most: number) => Array.from({ length: between(random, 0, most) });
  const maybe = <T>(...values: readonly [T, ...T[]]): T | undefined =>
    random() < 0.6 ? oneOf(random, values) : undefined;
  return {
    checkouts: some(1).map(() => ({
      id: checkoutId(random),
      origin: oneOf(random, ORIGINS),
      startTime: `2025-03-1${between(random, 0, 4)}T00:00:00Z`,
      treeName: maybe("mainline", "next"),
      gitRepositoryUrl: maybe("https://git.kernel.org/a.git"),
      gitRepositoryBranch: maybe("master"),
      gitCommitHash: maybe("a".repeat(40), "b".repeat(40)),
      gitCommitName: maybe("v6.1", "v6.2"),
      gitCommitTags: maybe(["v6.1"], ["v6.2", "rc"]),
    })),
    builds: some(2).map(() => ({
      id: buildId(random),
      origin: oneOf(random, ORIGINS),
      checkoutId: checkoutId(random),
      status: oneOf(random, STATUSES),
      configName: maybe("defconfig", "allmodconfig", ""),
      architecture: maybe("arm64", "x86_64"),
      compiler: maybe("gcc-14"),
    })),
    tests: some(5).map(() => ({
      id: testId(random),
      origin: oneOf(random, ORIGINS),
      buildId: buildId(random),
      status: oneOf(random, STATUSES),
      path: maybe("boot", "boot.nfs", "bootrr.x", "kselftest.a.b", "kselftest.a.c", ""),
      environmentMisc: maybe<Record<string, unknown>>(
        { platform: "p1" },
        { platform: "p2" },
        { other: 1 },
        { platform: "" },
        { platform: null },
      ),
      environmentCompatible: maybe(["ti,board", "ti,soc"], ["a,b"]),
      misc: { runtime: oneOf(random, ["lab1", "lab2"]) },
      startTime: maybe("2025-03-10T01:00:00Z"),
    })),
    issues: [],
    incidents: (random() < 0.4 ? some(2) : []).map(() => ({
      id: `maestro:i${between(random, 1, 12)}`,
      origin: "maestro",
      issueId: oneOf(random, ["maestro:x", "maestro:y"]),
      issueVersion: between(random, 1, 2),
      testId: maybe(testId(random)),
      buildId: maybe(buildId(random)),
      present: maybe(true, false),
    })),
  };
}
