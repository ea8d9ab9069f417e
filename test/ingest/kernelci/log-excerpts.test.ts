import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { kernelciFunction } from "../../support/kernelci-function.ts";
import { freshId } from "../../support/kernelci-submissions.ts";
import { NOWHERE } from "../../support/own-edge.ts";

const pool = testPool();
const BASE = "https://ci.example.org/kernelci";
const settings = { KERNELCI_LOG_EXCERPT_URL: `${BASE}/`, KERNELCI_LOG_EXCERPT_THRESHOLD: "20" };

const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const path = (text: string) => `/logexcerpt/${sum(text)}/logexcerpt.txt.gz`;
const submission = (id: string, excerpt: string, change: Record<string, unknown> = {}) => ({
  version: { major: 5, minor: 3 },
  builds: [{ id, origin: "tests", checkout_id: "tests:none", log_excerpt: excerpt, ...change }],
  tests: [{ id, origin: "tests", build_id: id, log_excerpt: excerpt }],
});
const rowOf = async (table: "builds" | "tests", id: string) =>
  (await pool.query(`select log_excerpt, output_files from kernelci.${table} where id = $1`, [id])).rows[0];

test("a long excerpt moves to the object store, once, and its reference leads there", async () => {
  const id = freshId();
  const excerpt = `BUG: ${id} ä`.repeat(10);
  const sent = { name: "vmlinux", url: "https://x.example/vmlinux" };
  const take = await kernelciFunction(settings);
  expect(await take([submission(id, excerpt, { output_files: [sent] })])).toEqual([]);
  const link = { name: "log_excerpt", url: BASE + path(excerpt) };
  expect(await rowOf("builds", id)).toEqual({ log_excerpt: "", output_files: [sent, link] });
  expect(await rowOf("tests", id)).toEqual({ log_excerpt: "", output_files: [link] });
  const answer = await fetch(`${inject("stack").edgeUrl}/kernelci${path(excerpt)}`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/gzip"]);
  expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(excerpt);
});

test("a short excerpt stays, and so does every one while no address is set", async () => {
  const [short, long] = [freshId(), freshId()];
  await (await kernelciFunction(settings))([submission(short, "x".repeat(20))]);
  expect(await rowOf("tests", short)).toEqual({ log_excerpt: "x".repeat(20), output_files: null });
  await (await kernelciFunction({ ...settings, KERNELCI_LOG_EXCERPT_URL: "" }))([submission(long, "x".repeat(1_000))]);
  expect(await rowOf("tests", long)).toEqual({ log_excerpt: "x".repeat(1_000), output_files: null });
});

test("beyond the most that one submission may move, excerpts stay in their rows; one that is moved already moves", async () => {
  const id = freshId();
  const [first, second] = [`first ${id}`.repeat(10), `second ${id}`.repeat(10)];
  const test = (n: number, excerpt: string) => ({
    id: `${id}${n}`,
    origin: "tests",
    build_id: id,
    log_excerpt: excerpt,
  });
  const tests = [test(1, first), test(2, second), test(3, first)];
  const take = await kernelciFunction({ ...settings, KERNELCI_MAX_LOG_EXCERPTS: "1" });
  expect(await take([{ version: { major: 5, minor: 3 }, tests }])).toEqual([]);
  const link = { name: "log_excerpt", url: BASE + path(first) };
  expect(await rowOf("tests", `${id}1`)).toEqual({ log_excerpt: "", output_files: [link] });
  expect(await rowOf("tests", `${id}2`)).toEqual({ log_excerpt: second, output_files: null });
  expect(await rowOf("tests", `${id}3`)).toEqual({ log_excerpt: "", output_files: [link] });
});

test("while the object store is away the submission is sent on, and nothing of it is stored", async () => {
  const id = freshId();
  const take = await kernelciFunction({ ...settings, OBJECTS_URL: `http://${NOWHERE}/objects` });
  expect(await take([submission(id, "x".repeat(1_000))])).toEqual([]);
  expect(await rowOf("builds", id)).toBeUndefined();
});
