import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const CHECK = join(import.meta.dirname, "..", "linear-expressions.ts");
const folder = mkdtempSync(join(tmpdir(), "runledger-expressions-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the checker says of a file with this text. */
function checked(source: string): { status: number | null; stderr: string } {
  writeFileSync(join(folder, "checked.ts"), source);
  return spawnSync(process.execPath, [CHECK, folder], { encoding: "utf8" });
}

test.each([
  ["exponential", "const COMPATIBLE = /^[^ ]+(,[^ ]+)*$/;"],
  ["exponential", "const NESTED = /^(a+)+$/;"],
  ["2nd degree polynomial", String.raw`const NUMBER = /^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+)$/i;`],
  ["2nd degree polynomial", String.raw`const FLOAT = /^\s*[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?)(e[+-]?\d+)?\s*$/i;`],
  ["2nd degree polynomial", String.raw`const end = text.replace(/\/+$/, "");`],
  ["exponential", 'new RegExp("^(a|a)*$");'],
  ["exponential", 'const PART = "a+";\nconst WHOLE = new RegExp(`^(${PART})+$`);'],
  ["exponential", "RegExp(String.raw`^(\\w+)+` + '$');"],
])("finds what is %s: %s", (kind, source) => {
  const { status, stderr } = checked(source);
  const line = source.split("\n").length;
  expect(status).toBe(1);
  expect(stderr).toContain(`checked.ts:${line} `);
  expect(stderr).toMatch(new RegExp(`${kind}.*, attacked by '`));
});

test("finds an expression that only a run knows", () => {
  const { status, stderr } = checked("export const match = (given: string) => new RegExp(`^${given}$`);");
  expect(status).toBe(1);
  expect(stderr).toContain("built from what only a run knows");
});

test("refuses an exception whose expression is no longer there", () => {
  const elsewhere = spawnSync(process.execPath, [CHECK], { cwd: folder, encoding: "utf8" });
  expect(elsewhere.status).toBe(1);
  expect(elsewhere.stderr).toContain("is listed, but no longer there");
});

test("passes linear expressions", () => {
  writeFileSync(join(folder, "checked.ts"), 'const LINEAR = /^a+$/;\nconst BUILT = new RegExp("^[^,]+(,[^,]+)*$");');
  expect(execFileSync(process.execPath, [CHECK, folder], { encoding: "utf8" })).toContain("all 2 are linear");
});
