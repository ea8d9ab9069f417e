import { between, guid, hex, oneOf, type Random } from "../random.ts";
import type { Delivery } from "../story.ts";

type Row = Record<string, unknown>;
const STATUSES = ["PASS", "PASS", "PASS", "FAIL", "SKIP", "MISS"] as const;
const ORIGIN = "faults";

/** A commit's results, each kind of object by itself; no two commits share an object. */
export type Results = { checkouts: Row[]; builds: Row[]; tests: Row[]; issues: Row[]; incidents: Row[] };

/** What one commit's builds and tests report; one test in a hundred has a known issue. */
export function resultsOf(random: Random, builds: number, tests: number): Results {
  const commit = hex(random, 40);
  const id = (what: string, number: number) => `${ORIGIN}:${commit.slice(0, 12)}-${what}${number}`;
  const issue = { id: id("issue", 0), origin: ORIGIN, version: 1, report_subject: "It does not boot" };
  const ran = Array.from({ length: tests }, (_, n) => {
    const platform = between(random, 1, 9);
    return {
      id: id("test", n),
      origin: ORIGIN,
      build_id: id("build", n % builds),
      path: n % 7 === 0 ? "boot" : `kselftest.group${n % 5}.case${n}`,
      status: oneOf(random, STATUSES),
      start_time: "2026-03-01T09:00:00Z",
      duration: n / 10,
      environment: { compatible: [`vendor,board-${platform}`], misc: { platform: `board-${platform}` } },
      misc: { runtime: `lab-${n % 3}` },
      log_url: `https://logs.example.org/${commit}/${n}`,
    };
  });
  return {
    checkouts: [
      {
        id: id("checkout", 0),
        origin: ORIGIN,
        tree_name: "works",
        git_repository_url: "https://git.example.org/works.git",
        git_repository_branch: `branch-${commit.slice(0, 6)}`,
        git_commit_hash: commit,
        start_time: "2026-03-01T08:00:00Z",
      },
    ],
    builds: Array.from({ length: builds }, (_, n) => ({
      id: id("build", n),
      origin: ORIGIN,
      checkout_id: id("checkout", 0),
      status: oneOf(random, STATUSES),
      architecture: n % 2 === 0 ? "arm64" : "x86_64",
      config_name: `config-${n % 4}`,
      compiler: "gcc-14",
    })),
    tests: ran,
    issues: [issue],
    incidents: ran
      .filter((_, n) => n % 100 === 0)
      .map((test, n) => ({
        id: id("incident", n),
        origin: ORIGIN,
        issue_id: issue.id,
        issue_version: 1,
        test_id: test.id,
        present: true,
      })),
  };
}

/** A submission of some of a commit's results; `commit` tells commits apart, which share no row. */
export function submissionOf(random: Random, commit: number, results: Partial<Results>): Delivery {
  const body = JSON.stringify({ version: { major: 5, minor: 3 }, ...results });
  return { key: guid(random), event: "none", repoId: commit, body };
}
