import { expect, inject, test } from "vitest";
import { s3Objects } from "../../../functions/outside/object-store.ts";
import { bearer, ownEdge, sum } from "../../support/own-edge.ts";
import { folderOf, getFile } from "../../support/qaboard-files.ts";
import { talk } from "../../support/raw-http.ts";

const { bucketUrl, edgeUrl } = inject("stack");
const objects = s3Objects(bucketUrl, { region: "eu-central-1", accessKeyId: "x", secretAccessKey: "x" });
const restricted = ownEdge(() => ({ QABOARD_READ_TOKEN_SHA256: sum("a-token-for-reading") }));

/** Spellings of the way from files/mnt up to another prefix of the bucket. */
const TRAVERSALS = [
  "/mnt/../../raw/secret.txt",
  "/mnt/..%2f..%2fraw/secret.txt",
  "/mnt/%2e%2e/%2e%2e/raw/secret.txt",
  "/mnt/.%2e/.%2E/raw/secret.txt",
  "/mnt/%2e%2e%2f%2e%2e%2fraw%2fsecret.txt",
  "/mnt/%252e%252e/%252e%252e/raw/secret.txt",
  "/mnt/%252e%252e%252f%252e%252e%252fraw/secret.txt",
  "/mnt/..\\..\\raw\\secret.txt",
  "/mnt/..%5c..%5craw%5csecret.txt",
  "/mnt/%2e%2e%5c%2e%2e%5craw/secret.txt",
  "/mnt/%c0%ae%c0%ae/%c0%ae%c0%ae/raw/secret.txt",
  "/mnt/..%00/..%00/raw/secret.txt",
  "/mnt/..;/..;/raw/secret.txt",
  "//../raw/secret.txt",
  "/../raw/secret.txt",
  "/%2e%2e/raw/secret.txt",
];

test.each(TRAVERSALS)("%s leads nowhere", async (path) => {
  await objects.put("raw/secret.txt", new Uint8Array(Buffer.from("the secret")));
  const request = `GET /qaboard/s${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  const answer = await talk(edgeUrl, request);
  expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
  expect(answer).not.toContain("the secret");
});

test.each([
  "/mnt/a%2fb.txt",
  "/mnt/a%5cb.txt",
  "/mnt/a%00.txt",
  "/mnt/a%0d%0ab.txt",
  "/mnt/a%25%32%66b.txt",
  "/mnt/%ff.txt",
])("%s is refused", async (path) => expect((await getFile(path)).status).toBe(400));

test.each([
  ["page.html", "text/html; charset=utf-8"],
  ["page.HTM", "text/html; charset=utf-8"],
  ["drawing.svg", "image/svg+xml"],
  ["feed.xml", "application/xml"],
  ["page.xhtml", "application/xhtml+xml"],
  ["code.js", "text/javascript; charset=utf-8"],
  ["paper.pdf", "application/pdf"],
])("%s is sent for saving, and could run nothing", async (name, contentType) => {
  const folder = await folderOf({ [name]: "<script>alert(1)</script>" });
  const answer = await getFile(`${folder}/${name}`);
  expect(answer.headers.get("content-type")).toBe(contentType);
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${name}`);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox;");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test.each(["page", "page.unknown", "page.html.bin", "page.constructor", "page.__proto__"])(
  "of %s no type is guessed",
  async (name) => {
    const folder = await folderOf({ [name]: "<script>alert(1)</script>" });
    const answer = await getFile(`${folder}/${name}`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  },
);

test("an active file that is packed is sent for saving too", async () => {
  const { gzipSync } = await import("node:zlib");
  const folder = await folderOf({ "page.html.gz": new Uint8Array(gzipSync("<script>alert(1)</script>")) });
  const answer = await getFile(`${folder}/page.html`);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
});

test("names stand in a listing as text", async () => {
  const name = "\"><img src=x onerror=alert(1)>&'.txt";
  const folder = await folderOf({ [name]: "1" });
  const answer = await getFile(`${folder}/`, { accept: "text/html" });
  const html = await answer.text();
  expect(html).not.toContain("<img");
  expect(html).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&amp;&apos;.txt");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("a name cannot break out of a header", async () => {
  const name = 'a";\u00e9.html';
  const folder = await folderOf({ [name]: "1" });
  const answer = await getFile(`${folder}/${encodeURIComponent(name)}`);
  expect(answer.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''a%22%3B%C3%A9.html");
});

test("a token for reading is asked for when one is set", async () => {
  const folder = await folderOf({ "a.txt": "1" });
  const url = `${restricted().url}/qaboard/s${folder}/a.txt`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: bearer("another") })).status).toBe(401);
  expect((await fetch(url, { headers: bearer("a-token-for-reading") })).status).toBe(200);
});
