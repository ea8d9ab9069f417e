import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const scratch = scratchDatabase();
const folder = temporaryFolder(afterAll);

const load = (...args: string[]) => kernelciCommand("tree-names", args, { DATABASE_URL: scratch().url }).ended;

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

async function kept(): Promise<unknown[]> {
  const { rows } = await scratch().pool.query(
    "select git_repository_url as url, tree_name as name from kernelci.tree_names order by 1",
  );
  return rows;
}

test("the map is what the last file says, YAML or JSON", async () => {
  const yaml =
    "trees:\n  mainline:\n    url: https://git.example/a.git\n    branch: x\n  next: {url: 'https://git.example/b.git'}\n";
  const first = await load(written("trees.yaml", yaml));
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("2 repositories have a tree name now.") });
  expect(await kept()).toEqual([
    { url: "https://git.example/a.git", name: "mainline" },
    { url: "https://git.example/b.git", name: "next" },
  ]);
  const json = { trees: { stable: { url: "https://git.example/b.git" }, rc: { url: "https://git.example/c.git" } } };
  expect((await load(written("trees.json", JSON.stringify(json)))).code).toBe(0);
  expect(await kept()).toEqual([
    { url: "https://git.example/b.git", name: "stable" },
    { url: "https://git.example/c.git", name: "rc" },
  ]);
});

test.each([
  ["no trees", "other: 1", "trees: "],
  ["a tree without address", "trees: {a: {}}", "trees.a.url: "],
  ["two names for one address", "trees: {a: {url: 'https://x.org/y'}, b: {url: 'https://x.org/y'}}", "is both a and b"],
  ["no YAML", "trees: [", "Flow sequence"],
])("a file with %s changes nothing and is told why", async (_, text, why) => {
  await load(written("good.yaml", "trees: {kept: {url: 'https://git.example/kept.git'}}"));
  expect(await load(written("bad.yaml", text))).toMatchObject({ code: 1, output: expect.stringContaining(why) });
  expect(await kept()).toEqual([{ url: "https://git.example/kept.git", name: "kept" }]);
});

test("without a file the usage is told", async () => {
  expect(await load()).toMatchObject({
    code: 2,
    output: expect.stringContaining("Usage: runledger kernelci tree-names"),
  });
});
