import { expect, inject, test } from "vitest";
import { bearer, ownEdge, sum } from "../../support/own-edge.ts";

const { edgeUrl } = inject("stack");
const restricted = ownEdge(() => ({ QABOARD_WRITE_TOKEN_SHA256: sum("a-token-for-writing") }));

const prepare = async (body: unknown, base = edgeUrl, headers: Record<string, string> = {}) =>
  await fetch(`${base}/qaboard/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const one = (path: string, size: unknown = 1) => ({ files: [{ path, size }] });

test.each([
  "/mnt/qaboard/../../raw/x/y",
  "/mnt/qaboard/%2e%2e/raw/x",
  "mnt/qaboard/a/b",
  "/mnt/qaboard/a\\b/c",
  "/mnt/qaboard/a/b/",
  "/a.txt",
  "/mnt/a.txt",
  `/mnt/qaboard/${"a".repeat(900)}`,
])("no URL is given for %j", async (path) => expect((await prepare(one(path))).status).toBe(400));

test.each([
  ["no size", { files: [{ path: "/mnt/qaboard/a/b" }] }],
  ["a negative size", one("/mnt/qaboard/a/b", -1)],
  ["a size beyond one part", one("/mnt/qaboard/a/b", 6 * 1024 ** 3)],
  ["no files", { files: [] }],
  ["too many files", { files: Array.from({ length: 1_001 }, (_, at) => ({ path: `/mnt/qaboard/a/${at}`, size: 1 })) }],
  ["a time of days", { ...one("/mnt/qaboard/a/b"), seconds: 86_400 }],
  ["unknown members", { ...one("/mnt/qaboard/a/b"), bucket: "other" }],
])("%s is refused", async (_, body) => expect((await prepare(body)).status).toBe(400));

test("the token for writing is asked for when one is set", async () => {
  const { url } = restricted();
  const body = one("/mnt/qaboard/a/b");
  expect((await prepare(body, url)).status).toBe(401);
  expect((await prepare(body, url, bearer("another"))).status).toBe(401);
  expect((await prepare(body, url, bearer("a-token-for-writing"))).status).toBe(200);
});
