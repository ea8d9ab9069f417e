import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { folderFiles } from "../../functions/files/folder-files.ts";

const base = mkdtempSync(join(tmpdir(), "runledger-folder-"));
const [root, outside] = [join(base, "served"), join(base, "outside")];
mkdirSync(root);
mkdirSync(outside);
writeFileSync(join(root, "a.txt"), "inside");
writeFileSync(join(outside, "secret.txt"), "secret");
symlinkSync(outside, join(root, "out"));
symlinkSync(join(outside, "secret.txt"), join(root, "link.txt"));
symlinkSync(join(outside, "new.txt"), join(root, "dangling.txt"));
symlinkSync(join(root, "a.txt"), join(root, "same.txt"));
symlinkSync(root, join(root, "round"));
const files = folderFiles([root]);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const there = async (path: string) => (await files.open(path)) !== undefined;

test("a file of the folder is there, through a link within it too", async () => {
  expect(await there(`${root}/a.txt`)).toBe(true);
  expect(await there(`${root}/same.txt`)).toBe(true);
});

test.each(["out/secret.txt", "link.txt", "../outside/secret.txt", "dangling.txt"])(
  "%s, which leads out of the folder, is not there",
  async (path) => {
    expect(await there(`${root}/${path}`)).toBe(false);
    expect(await files.read(`${root}/${path}`, 100)).toBeUndefined();
  },
);

test("a folder beside it whose name begins alike is not there", async () => {
  mkdirSync(`${root}-other`);
  writeFileSync(`${root}-other/a.txt`, "other");
  expect(await there(`${root}-other/a.txt`)).toBe(false);
});

test("a listing leaves out what leads away, and ends though a link leads round", async () => {
  const { files: found } = await files.list(root, { deep: true });
  const names = found.map(({ path }) => path.slice(root.length + 1)).filter((path) => !path.startsWith("round/"));
  expect(names).toEqual(["a.txt", "same.txt"]);
});

test.each(["out/new.txt", "dangling.txt", "../outside/new.txt", "out/deeper/new.txt"])(
  "%s is not written outside of the folder",
  async (path) => {
    await expect(files.write(`${root}/${path}`, new Uint8Array([1]))).rejects.toThrow("outside of the served folders");
    expect(() => readFileSync(join(outside, "new.txt"))).toThrow();
  },
);

test("nothing outside of the folder is deleted", async () => {
  await files.remove([`${root}/out/secret.txt`, `${root}/link.txt`, `${outside}/secret.txt`]);
  expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
});
