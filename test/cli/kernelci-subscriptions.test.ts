import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readSubscriptions } from "../../cli/kernelci/subscriptions/read-folder.ts";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 60_000 };
const scratch = scratchDatabase();
const root = temporaryFolder(afterAll);
const folder = join(root, "files");

const load = (...args: string[]) => kernelciCommand("subscriptions", args, { DATABASE_URL: scratch().url }).ended;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

const TREE = `tree: # names the tree
  url: https://git.example.org/linux.git
  default_recipients:
    - somebody@example.org

  reports:
    - default:
      branch: master
      always: True

    - rt_tests:
      branch: master
      origin: microsoft
      path: [rt-tests%]
      recipients:
        - Real Time <rt@example.org>
      options:
        - ignore_default_recipients
`;

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

async function stored() {
  const list = async (table: string) =>
    (await scratch().pool.query(`select * from kernelci.${table} order by 1, 2, 3`)).rows;
  return {
    trees: await list("subscribed_trees"),
    reports: await list("subscribed_reports"),
    hardware: await list("subscribed_hardware"),
  };
}

test("trees, reports and hardware are what the folder's files say", LONG, async () => {
  write("tree.yaml", TREE);
  write(
    "recipients.yml",
    "quiet:\n  url: https://git.example.org/quiet.git\n  default_recipients: [quiet@example.org]\n",
  );
  write(
    "b_hardware.yaml",
    "b-1:\n  labs:\n    lab-a: http://lab/\n  default_recipients: [b@example.org]\nb-2:\n  origin: arm\n  labs: {}\n",
  );
  write("README.md", "no subscription: [");
  expect(await load(folder)).toMatchObject({
    code: 0,
    output: expect.stringContaining("2 trees with 2 reports, and 2 platforms, are subscribed to now."),
  });
  const report = { file: "tree.yaml", tree: "tree", branch: "master" };
  expect(await stored()).toEqual({
    trees: [
      {
        ...{ file: "recipients.yml", name: "quiet", url: "https://git.example.org/quiet.git" },
        default_recipients: ["quiet@example.org"],
      },
      {
        ...{ file: "tree.yaml", name: "tree", url: "https://git.example.org/linux.git" },
        default_recipients: ["somebody@example.org"],
      },
    ],
    reports: [
      {
        ...{ ...report, position: 0, label: "default", origin: "maestro", always: true, paths: [], recipients: [] },
        ignores_default_recipients: false,
      },
      {
        ...{ ...report, position: 1, label: "rt_tests", origin: "microsoft", always: false, paths: ["rt-tests%"] },
        ...{ recipients: ["Real Time <rt@example.org>"], ignores_default_recipients: true },
      },
    ],
    hardware: [
      {
        ...{ platform: "b-1", origin: "maestro", file: "b_hardware.yaml", labs: { "lab-a": "http://lab/" } },
        default_recipients: ["b@example.org"],
      },
      { platform: "b-2", origin: "arm", file: "b_hardware.yaml", labs: {}, default_recipients: [] },
    ],
  });
  rmSync(join(folder, "b_hardware.yaml"));
  expect((await load(folder)).code).toBe(0);
  expect((await stored()).hardware).toEqual([]);
});

const bomb = [
  "a: &a [x,x,x,x,x,x,x,x,x]",
  ..."bcdefghi".split("").map((name, at) => `${name}: &${name} [${`*${"abcdefgh"[at]},`.repeat(9)}]`),
];

test.each([
  [
    "an unknown key",
    "tree.yaml",
    TREE.replace("always: True", "sometimes: True"),
    "tree.yaml:9: tree.reports.0.sometimes is not known here",
  ],
  [
    "a wrong type",
    "tree.yaml",
    TREE.replace("always: True", "always: [1]"),
    "tree.yaml:9: tree.reports.0.always must be true or false",
  ],
  [
    "a branch that YAML takes for a number",
    "tree.yaml",
    TREE.replace("branch: master", "branch: 6.10"),
    "tree.yaml:8: tree.reports.0.branch must be a text",
  ],
  [
    "a wrong address",
    "tree.yaml",
    TREE.replace("somebody@example.org", "somebody"),
    "tree.yaml:4: tree.default_recipients.0 must be an email address",
  ],
  [
    "two addresses in one",
    "tree.yaml",
    TREE.replace("somebody@example.org", "a@example.org, b@example.org"),
    "tree.yaml:4: ",
  ],
  [
    "a header in an address",
    "tree.yaml",
    TREE.replace("somebody@example.org", '"a@example.org\\r\\nBcc: victim@example.org"'),
    "tree.yaml:4: ",
  ],
  [
    "a header in a name",
    "tree.yaml",
    TREE.replace("somebody@example.org", '"Name\\r\\nBcc: victim@example.org <a@example.org>"'),
    "tree.yaml:4: ",
  ],
  ["no repository", "tree.yaml", TREE.replace("url:", "# url:"), "tree.yaml:1: tree.url is missing"],
  [
    "half an escape in a pattern",
    "tree.yaml",
    TREE.replace("rt-tests%", "'rt\\'"),
    "tree.yaml:14: tree.reports.1.path.0 must not end with \\",
  ],
  [
    "an unknown option",
    "tree.yaml",
    TREE.replace("- ignore_default", "- honour_default"),
    "tree.yaml:18: tree.reports.1.options.0 must be ignore_default_recipients",
  ],
  [
    "two labels",
    "tree.yaml",
    TREE.replace("- default:", "- default:\n      other:"),
    "tree.yaml:8: tree.reports.0.other is a second label",
  ],
  [
    "a key twice",
    "tree.yaml",
    `${TREE}  url: https://git.example.org/other.git\n`,
    "tree.yaml:19: Map keys must be unique",
  ],
  ["a list of trees", "tree.yaml", "- tree", "tree.yaml:1: the file must be a mapping"],
  ["nothing in it", "tree.yaml", "", "tree.yaml:1: the file must be a mapping"],
  ["hardware without labs", "b_hardware.yaml", "b:\n  origin: arm\n", "b_hardware.yaml:1: b.labs is missing"],
  [
    "hardware twice",
    "b_hardware.yaml",
    "b: {labs: {}}\n",
    "b_hardware.yaml:1: b of maestro stands in a_hardware.yaml too",
  ],
  ["malformed YAML", "tree.yaml", "tree:\n  url: [\n", "tree.yaml:3: "],
  ["aliases that grow", "tree.yaml", bomb.join("\n"), "tree.yaml:1: "],
  ["an alias of itself", "tree.yaml", "tree: &a\n  url: *a\n", "tree.yaml:"],
  ["deep nesting", "tree.yaml", "[".repeat(5_000), "tree.yaml:1: The YAML is nested deeper"],
  ["a program's tag", "tree.yaml", "tree: !!python/object/apply:os.system [ls]\n", "tree.yaml:1: "],
])("a folder with %s is refused, and the file and line are told", (_, file, text, why) => {
  write("good.yaml", TREE);
  write("a_hardware.yaml", "b: {labs: {}}\n");
  expect(readSubscriptions(folder)).toBeDefined();
  write(file, text);
  const started = performance.now();
  expect(() => readSubscriptions(folder)).toThrow(why);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("when one file is wrong nothing is loaded, and all that is wrong is told", LONG, async () => {
  write("a.yaml", TREE);
  expect((await load(folder)).code).toBe(0);
  const before = await stored();
  write("a.yaml", TREE.replaceAll("somebody", "other"));
  write("b.yaml", TREE.replace("somebody@example.org", "nobody"));
  write("c.yaml", "tree: [\n");
  const { code, output } = await load(folder);
  expect([code, output.includes("b.yaml:4: "), output.includes("c.yaml:2: ")]).toEqual([1, true, true]);
  expect(await stored()).toEqual(before);
});

test("a folder that is not there, or has no files, changes nothing", LONG, async () => {
  write("good.yaml", TREE);
  await load(folder);
  rmSync(join(folder, "good.yaml"));
  expect(await load(folder)).toMatchObject({ code: 1, output: expect.stringContaining("has no .yaml or .yml files") });
  expect((await load(join(root, "absent"))).code).toBe(1);
  expect((await stored()).trees).toHaveLength(1);
});

test("a file that is too large is refused unread", () => {
  write("large.yaml", `# ${"x".repeat(200_000)}\n${TREE}`);
  expect(() => readSubscriptions(folder)).toThrow("large.yaml:1: The file is larger");
});

test("without a folder the usage is told", LONG, async () => {
  expect(await load()).toMatchObject({
    code: 2,
    output: expect.stringContaining("Usage: runledger kernelci subscriptions"),
  });
});
