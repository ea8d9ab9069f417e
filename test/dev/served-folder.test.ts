import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Stack, startStack } from "../../dev/stack.ts";

const base = mkdtempSync(join(tmpdir(), "runledger-served-"));
const folder = join(base, "qaboard");
let stack: Stack;

beforeAll(async () => {
  mkdirSync(join(folder, "group/repo/sub"), { recursive: true });
  writeFileSync(join(folder, "group/repo/a b+c.txt"), "0123456789");
  writeFileSync(join(folder, "group/repo/sub/d.txt"), "d");
  writeFileSync(join(base, "secret.txt"), "secret");
  symlinkSync(base, join(folder, "group/out"));
  const { mode, databaseUrl } = inject("stack");
  const env = { QABOARD_FILES: folder };
  stack = await startStack({
    mode,
    databaseUrl,
    dataDir: join(base, "data"),
    migrations: false,
    consumer: "none",
    env,
  });
});
afterAll(async () => {
  await stack.stop();
  rmSync(base, { recursive: true, force: true });
});

const get = async (path: string, headers: Record<string, string> = {}) =>
  await fetch(`${stack.edgeUrl}/qaboard/s${path}`, { headers, redirect: "manual" });

test("a file of the folder is served under its own path, in ranges too", async () => {
  const answer = await get(`${folder}/group/repo/a%20b%2Bc.txt`);
  expect([answer.status, await answer.text()]).toEqual([200, "0123456789"]);
  const range = await get(`${folder}/group/repo/a%20b%2Bc.txt`, { range: "bytes=2-3" });
  expect([range.status, range.headers.get("content-range"), await range.text()]).toEqual([206, "bytes 2-3/10", "23"]);
});

test("a folder is listed", async () => {
  const answer = await get(`${folder}/group/repo/`, { accept: "application/json" });
  expect(await answer.json()).toMatchObject([{ name: "sub" }, { name: "a b+c.txt", size: 10 }]);
});

test("nothing outside of the folder is served, nor through a link", async () => {
  for (const path of [`${base}/secret.txt`, `${folder}/group/out/secret.txt`, "/etc/hostname"])
    expect((await get(path)).status).toBe(404);
});

test("no URLs for uploads reach outside of it", async () => {
  const answer = await fetch(`${stack.edgeUrl}/qaboard/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ files: [{ path: `${base}/a/b/new.txt`, size: 1 }] }),
  });
  if (answer.status === 200) {
    const { uploads } = Object(await answer.json());
    await fetch(uploads[0].url, { method: "PUT", body: "x" }).then((response) => response.arrayBuffer());
  }
  expect(existsSync(join(base, "a"))).toBe(false);
  expect(readFileSync(join(base, "secret.txt"), "utf8")).toBe("secret");
});
