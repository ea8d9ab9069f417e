/** A command, the code it ends with (0 unless named), what it prints, and whether it asks its default address whatever the settings. */
export type Command = {
  args: readonly string[];
  code?: number;
  shows: readonly (string | RegExp)[];
  ignoresSettings?: boolean;
};

const TREE = ["--giturl", "https://android.googlesource.com/kernel/common", "--branch", "android-mainline"];
const NEWEST = "d0a031ea5aebe1968e5bac6c5e90ffc86a8aa2f4";

/** What is read of the recorded submissions. */
export const READS: readonly Command[] = [
  { args: ["results", "trees"], shows: ["android-mainline", NEWEST] },
  {
    args: ["results", "summary", ...TREE, "--latest"],
    shows: [/builds:\s+1\/2\/0/, /boots:\s+0\/1\/0/, /tests:\s+1\/4\/1/],
  },
  { args: ["results", "summary", ...TREE, "--latest", "--history"], shows: [NEWEST] },
  { args: ["results", "builds", ...TREE, "--latest"], shows: ["maestro:andb-3-0", "maestro:andb-3-1"] },
  { args: ["results", "builds", ...TREE, "--latest", "--status", "fail"], shows: ["maestro:andb-3-1"] },
  { args: ["results", "boots", ...TREE, "--latest"], shows: ["maestro:andt-3-0"] },
  { args: ["results", "tests", ...TREE, "--latest"], shows: ["maestro:andt-3-1", "ltp.a"] },
  { args: ["results", "build", "--id", "maestro:andb-3-1"], shows: ["config:gki_defconfig", "status:FAIL"] },
  { args: ["results", "test", "--id", "maestro:andt-3-1"], shows: ["test path: ltp.a", "status:PASS"] },
  {
    args: ["results", "compare", ...TREE],
    // A regression makes it end with 1.
    code: 1,
    shows: [`-> ${NEWEST}`, /regression: [1-9]/],
    ignoresSettings: true,
  },
  { args: ["results", "tree-report", ...TREE], shows: ["[NEW]", /tests:\s+1\/4\/1/] },
];

/** A build described by options instead of a file. */
export const BY_OPTIONS: readonly string[] = [
  ...["--origin", "kci_dev", "--giturl", "https://git.example.org/kci-dev.git", "--branch", "main"],
  ...["--commit", "5b5a4f0d3c2e1b0a99887766554433221100ffee", "--tree-name", "kci-dev", "--arch", "riscv"],
  ...["--config-name", "defconfig", "--compiler", "gcc-14", "--status", "PASS", "--duration", "60"],
];
