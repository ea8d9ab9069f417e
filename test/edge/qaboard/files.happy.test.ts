import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { files, folderOf, getFile } from "../../support/qaboard-files.ts";
import { talk } from "../../support/raw-http.ts";

const { edgeUrl } = inject("stack");

test("a file is sent whole, with its type", async () => {
  const folder = await folderOf({ "out.txt": "hello\n" });
  const answer = await getFile(`${folder}/out.txt`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.headers.get("accept-ranges")).toBe("bytes");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await answer.text()).toBe("hello\n");
});

test("HEAD answers with the headers alone", async () => {
  const folder = await folderOf({ "out.txt": "hello\n" });
  const answer = await getFile(`${folder}/out.txt`, {}, "HEAD");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-length")).toBe("6");
  expect(await answer.text()).toBe("");
});

test.each([
  ["from the start", "bytes=0-3", "0123", "bytes 0-3/10"],
  ["to the end", "bytes=6-", "6789", "bytes 6-9/10"],
  ["the last ones", "bytes=-2", "89", "bytes 8-9/10"],
])("a range is sent alone: %s", async (_, range, body, contentRange) => {
  const folder = await folderOf({ "a.bin": "0123456789" });
  const answer = await getFile(`${folder}/a.bin`, { range });
  expect(answer.status).toBe(206);
  expect(answer.headers.get("content-range")).toBe(contentRange);
  expect(await answer.text()).toBe(body);
});

test("several ranges count as none", async () => {
  const folder = await folderOf({ "a.bin": "0123456789" });
  const answer = await getFile(`${folder}/a.bin`, { range: "bytes=0-1,4-5" });
  expect([answer.status, await answer.text()]).toEqual([200, "0123456789"]);
});

test("an unchanged file is not sent again", async () => {
  const folder = await folderOf({ "out.txt": "hello\n" });
  const etag = (await getFile(`${folder}/out.txt`)).headers.get("etag") ?? "";
  const answer = await getFile(`${folder}/out.txt`, { "if-none-match": etag });
  expect([answer.status, await answer.text()]).toEqual([304, ""]);
});

test("names keep blanks, signs and other alphabets", async () => {
  const name = "a b+c&d=é 名(1)'[x]*.txt";
  const folder = await folderOf({ [name]: "there" });
  const answer = await getFile(`${folder}/${encodeURIComponent(name)}`);
  expect([answer.status, await answer.text()]).toEqual([200, "there"]);
});

test("file.gz is sent for file, packed to those who take that", async () => {
  const folder = await folderOf({ "log.txt.gz": new Uint8Array(gzipSync("packed once\n")) });
  const answer = await getFile(`${folder}/log.txt`, { "accept-encoding": "gzip" });
  expect(answer.headers.get("content-encoding")).toBe("gzip");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(await answer.text()).toBe("packed once\n");
});

test("file.gz is unpacked for those who take nothing packed", async () => {
  const folder = await folderOf({ "log.txt.gz": new Uint8Array(gzipSync("packed once\n")) });
  const request = `GET /qaboard/s${folder}/log.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  const answer = await talk(edgeUrl, request);
  expect(answer).toContain("packed once");
  expect(answer.toLowerCase()).not.toContain("content-encoding");
});

test("file.gz itself is sent as it is", async () => {
  const packed = new Uint8Array(gzipSync("packed once\n"));
  const folder = await folderOf({ "log.txt.gz": packed });
  const answer = await getFile(`${folder}/log.txt.gz`);
  expect(answer.headers.get("content-encoding")).toBeNull();
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(packed);
});

test("a folder is listed as a page, and as JSON when asked for", async () => {
  const folder = await folderOf({ "a.txt": "1", "sub/b.txt": "22" });
  const page = await getFile(`${folder}/`, { accept: "text/html" });
  expect(page.headers.get("content-type")).toContain("text/html");
  const html = await page.text();
  expect(html).toContain('href="./sub/"');
  expect(html).toContain('href="./a.txt"');
  const json = await getFile(`${folder}/`, { accept: "application/json" });
  expect(await json.json()).toEqual([
    { name: "sub", type: "directory" },
    { name: "a.txt", type: "file", size: 1, mtime: expect.any(String) },
  ]);
});

test("a folder without its slash leads to the one with it", async () => {
  const folder = await folderOf({ "a b/c.txt": "1" });
  const answer = await getFile(`${folder}/a%20b`);
  expect(answer.status).toBe(301);
  expect(answer.headers.get("location")).toBe(`${edgeUrl}/qaboard/s${folder}/a%20b/`);
});

test("a large file comes through whole", async () => {
  const bytes = new Uint8Array(20 * 1024 * 1024).map((_, at) => at % 251);
  const folder = await folderOf({ "large.bin": bytes });
  const answer = await getFile(`${folder}/large.bin`);
  expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes))).toBe(0);
});

test("a listing of more than a page leads on", async () => {
  const names = Array.from({ length: 1_005 }, (_, at) => `${String(at).padStart(5, "0")}.txt`);
  const folder = await folderOf(Object.fromEntries(names.map((name) => [name, "x"])));
  const first = await getFile(`${folder}/`, { accept: "application/json" });
  const next = /<(\?after=[^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1];
  const second = await getFile(`${folder}/${next}`, { accept: "application/json" });
  const found = [...((await first.json()) as object[]), ...((await second.json()) as object[])];
  expect(found.map((entry) => "name" in entry && entry.name)).toEqual(names);
  await files.remove(names.map((name) => `${folder}/${name}`));
});
