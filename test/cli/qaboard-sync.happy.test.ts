import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, inject, test } from "vitest";
import { getFile } from "../support/qaboard-files.ts";

const { edgeUrl } = inject("stack");
const folder = mkdtempSync(join(tmpdir(), "runledger-sync-"));
const to = `/mnt/qaboard/tests/${randomUUID()}`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sync(): Promise<unknown> {
  const options = ["--once", "--json", "--as", to, "--server", `${edgeUrl}/qaboard`];
  const { stdout } = await promisify(execFile)("node", ["cli/runledger.mjs", "qaboard", "sync", folder, ...options]);
  return JSON.parse(stdout);
}

test("all files are sent once, and then only what changed", async () => {
  mkdirSync(join(folder, "sub"));
  for (const name of ["a.txt", "b c.txt", "sub/d.txt", "empty.txt"])
    writeFileSync(join(folder, name), name === "empty.txt" ? "" : name);
  expect(await sync()).toEqual({ files: 4, uploaded: 4, unchanged: 0, bytes: 21 });
  expect(await (await getFile(`${to}/b%20c.txt`)).text()).toBe("b c.txt");
  expect(await sync()).toEqual({ files: 4, uploaded: 0, unchanged: 4, bytes: 0 });
  // As long as before: the checksum tells.
  writeFileSync(join(folder, "a.txt"), "A.txt");
  expect(await sync()).toEqual({ files: 4, uploaded: 1, unchanged: 3, bytes: 5 });
  expect(await (await getFile(`${to}/a.txt`)).text()).toBe("A.txt");
});
