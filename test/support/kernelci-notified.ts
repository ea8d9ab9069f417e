/** Hours before now, as submissions have times. */
export const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

export const URL_OF_MAINLINE = "https://git.example.org/linux.git";
const NEW = "b".repeat(40);
const OLD = "a".repeat(40);

type Change = Readonly<Record<string, unknown>>;

/**
 * A submission for reports: an old checkout of mainline/master whose build and tests pass, and a new one, ten hours old, that
 * broke a build and a boot; issues of both were found a few minutes ago. `issue` changes the build's issue.
 */
export function brokenMainline({ issue = {} }: { issue?: Change } = {}) {
  const checkout = (id: string, hash: string, hours: number) => ({
    ...{ id, origin: "maestro", tree_name: "mainline", git_repository_url: URL_OF_MAINLINE },
    ...{ git_repository_branch: "master", git_commit_hash: hash, start_time: ago(hours), _timestamp: ago(hours) },
  });
  const build = (id: string, checkoutId: string, status: string, hours: number) => ({
    ...{ id, origin: "maestro", checkout_id: checkoutId, status, architecture: "arm64", compiler: "gcc-12" },
    ...{ config_name: "defconfig", start_time: ago(hours), _timestamp: ago(hours) },
  });
  const test = (id: string, buildId: string, path: string, status: string, hours: number) => ({
    ...{ id, origin: "maestro", build_id: buildId, path, status, start_time: ago(hours), _timestamp: ago(hours) },
    ...{ environment: { misc: { platform: "board-1" }, compatible: ["vendor,board-1"] }, misc: { runtime: "lab-a" } },
  });
  const incident = (id: string, issueId: string, change: Change) => ({
    ...{ id, origin: "maestro", issue_id: issueId, issue_version: 1, present: true, _timestamp: ago(0.1), ...change },
  });
  return {
    version: { major: 5, minor: 3 },
    checkouts: [checkout("maestro:old", OLD, 60), checkout("maestro:new", NEW, 10)],
    builds: [
      build("maestro:old-build", "maestro:old", "PASS", 59),
      build("maestro:new-build", "maestro:new", "PASS", 9),
      build("maestro:broken-build", "maestro:new", "FAIL", 9),
    ],
    tests: [
      test("maestro:old-boot", "maestro:old-build", "boot", "PASS", 58),
      test("maestro:new-boot", "maestro:new-build", "boot", "FAIL", 8),
      test("maestro:old-kunit", "maestro:old-build", "kunit.first", "PASS", 58),
      test("maestro:new-kunit", "maestro:new-build", "kunit.first", "PASS", 8),
    ],
    issues: [
      {
        ...{ id: "maestro:build-issue", origin: "maestro", version: 1, comment: "error: no such thing" },
        ...{ _timestamp: ago(0.1), misc: { logspec: { error: { log_excerpt: "first line\nsecond line" } } }, ...issue },
      },
      { id: "maestro:boot-issue", origin: "maestro", version: 1, comment: "does not boot", _timestamp: ago(0.1) },
    ],
    incidents: [
      incident("maestro:i1", "maestro:build-issue", { build_id: "maestro:broken-build" }),
      incident("maestro:i2", "maestro:boot-issue", { test_id: "maestro:new-boot" }),
    ],
  };
}

export const COMMITS = { old: OLD, new: NEW } as const;

const REPORT = { file: "mainline.yaml", tree: "mainline", branch: "master", origin: "maestro", always: false };

/** Subscriptions to all tests of mainline, to those of kunit, to microsoft's checkouts, and to a board. */
export const SUBSCRIPTIONS = {
  trees: [
    {
      ...{ file: "mainline.yaml", name: "mainline", url: URL_OF_MAINLINE },
      defaultRecipients: ["Everybody <everybody@example.org>"],
    },
  ],
  reports: [
    { ...REPORT, position: 0, label: "all", paths: [], recipients: [], ignoresDefaultRecipients: false },
    {
      ...{ ...REPORT, position: 1, label: "kunit", paths: ["kunit%"] },
      ...{ recipients: ["kunit@example.org"], ignoresDefaultRecipients: true },
    },
    {
      ...{ ...REPORT, position: 2, label: "microsoft", origin: "microsoft", always: true, paths: [], recipients: [] },
      ignoresDefaultRecipients: false,
    },
  ],
  hardware: [
    {
      ...{ platform: "board-1", origin: "maestro", file: "board_hardware.yaml" },
      ...{ labs: { "lab-a": "https://lab.example.org" }, defaultRecipients: ["board@example.org"] },
    },
  ],
};
