import { expect, test } from "vitest";
import { ownEdge } from "../../support/own-edge.ts";
import { folderOf, getFile } from "../../support/qaboard-files.ts";

const withoutStore = ownEdge(() => ({ QABOARD_FILES_URL: "http://127.0.0.1:9/nothing" }));

test.each(["/mnt/qaboard/nothing/here.txt", "/mnt/qaboard/nothing/", "/mnt/qaboard/nothing"])(
  "%s is not there",
  async (path) => {
    const answer = await getFile(path);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: "There is no such file or folder." });
  },
);

test("a range outside of the file is 416 with its size", async () => {
  const folder = await folderOf({ "a.bin": "0123456789" });
  const answer = await getFile(`${folder}/a.bin`, { range: "bytes=10-" });
  expect([answer.status, await answer.text()]).toEqual([416, ""]);
  expect(answer.headers.get("content-range")).toBe("bytes */10");
});

test("another method is 405", async () => {
  const folder = await folderOf({ "a.txt": "1" });
  expect((await getFile(`${folder}/a.txt`, {}, "POST")).status).toBe(405);
});

test("a path that is too long is 400", async () => {
  expect((await getFile(`/${"a".repeat(901)}`)).status).toBe(400);
});

test("while the store is away the answer is 503", async () => {
  const answer = await fetch(`${withoutStore().url}/qaboard/s/mnt/a.txt`);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
});
