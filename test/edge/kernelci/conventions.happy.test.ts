import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { matcherOf } from "../../../functions/edge/kernelci/http/route-table.ts";
import { API_ROUTES } from "../../../functions/edge/kernelci/routes.ts";
import { ask, kernelciBase, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const BUILD = "/build/maestro:mb-6-0";
const READS = [BUILD, `${BUILD}/tests`, "/test/maestro:mt-6-0-0", "/issue/maestro:issue-build-1", "/tree/", "/schema/"];

const VARY = /^Accept, Cookie, origin(, Accept-Encoding)?$/;

test.each([
  ["tree/", "tree/"],
  ["test/status-history", "test/status-history"],
  ["test/status-history/issues", "test/{test_id}/issues"],
  ["tree/mainline/summary", "tree/{commit_hash}/summary"],
  ["tree/mainline/a/b/c0ffee/full", "tree/{tree_name}/{git_branch...}/{commit_hash}/full"],
  ["tree/mainline/full/full", "tree/{tree_name}/{git_branch...}"],
  ["tree/x/y/", "tree/{tree_name}/{git_branch...}"],
  ["issue/extras", "issue/{issue_id}"],
  ["issue/extras/", "issue/extras/"],
  ["issue/a:b/tests", "issue/{issue_id}/tests"],
  ["build/a/b", undefined],
  ["tree", undefined],
])("%s is served by %s", (path, expected) => {
  expect(matcherOf(API_ROUTES)(path)?.path).toBe(expected);
});

test.each(READS)("%s: content type, headers, ETag, HEAD, 304", async (path) => {
  const answer = await ask(path);
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": path === "/schema/" ? "application/vnd.oai.openapi" : "application/json",
    vary: expect.stringMatching(VARY),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    etag: expect.stringMatching(/^W\/"\w+"$/),
  });
  const head = await ask(path, { method: "HEAD" });
  expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", answer.headers.get("etag")]);
  const again = await ask(path, { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
  expect([again.status, await again.text(), again.headers.get("vary")]).toEqual([304, "", expect.stringMatching(VARY)]);
  expect(await (await ask(path, { headers: { "if-none-match": '"x"' } })).text()).toBe(text);
});

test("page-cached answers say for how long, others do not", async () => {
  const kept = await ask(BUILD);
  expect(kept.headers.get("cache-control")).toBe("max-age=180");
  const expires = Date.parse(kept.headers.get("expires") ?? "") - Date.now();
  expect(expires).toBeGreaterThan(170_000);
  expect(expires).toBeLessThanOrEqual(180_000);
  const extras = await ask("/issue/extras/", { method: "POST", body: '{"issues": [["maestro:issue-build-1", 1]]}' });
  expect([extras.status, extras.headers.get("cache-control")]).toEqual([200, null]);
});

test.each(["/tree", "/issue", "/schema", "/schema/redoc"])("%s leads on to the slash, query and all", async (path) => {
  const { pathname } = new URL(kernelciBase());
  for (const method of ["GET", "POST", "HEAD"]) {
    const answer = await ask(`${path}?origin=a%20b&x=%2F`, { method });
    expect([answer.status, answer.headers.get("location")]).toEqual([301, `${pathname}${path}/?origin=a%20b&x=%2F`]);
  }
});

test("a host of its own has the API at the root", async () => {
  const { port } = new URL(inject("stack").edgeUrl);
  const answer = await new Promise<{ status: number | undefined; location: string | undefined }>((resolve, reject) => {
    const sent = request({ port, path: "/api/tree?x=1", headers: { host: `kernelci.localhost:${port}` } }, (reply) => {
      reply.resume();
      resolve({ status: reply.statusCode, location: reply.headers.location });
    });
    sent.on("error", reject).end();
  });
  expect(answer).toEqual({ status: 301, location: "/api/tree/?x=1" });
});

test("OPTIONS says what a route is and takes", async () => {
  const answer = await ask(BUILD, { method: "OPTIONS" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([200, "GET, HEAD, OPTIONS"]);
  expect(await answer.json()).toEqual({
    name: "Get a build",
    description: expect.any(String),
    renders: ["application/json", "text/html"],
    parses: ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"],
  });
  expect((await ask("/issue/extras/", { method: "OPTIONS" })).headers.get("allow")).toBe("POST, OPTIONS");
});

test.each([
  ["text/html", "", "text/html"],
  ["text/html,application/xhtml+xml,*/*;q=0.8", "", "text/html"],
  ["application/json, text/html", "", "application/json"],
  ["application/json; indent=4", "", "application/json"],
  ["application/*", "", "application/json"],
  ["*/*", "?format=api", "text/html"],
  ["text/html, */*;q=0.1", "?format=json", "application/json"],
  ["*/*", "?format=", "application/json"],
])("Accept: %s with %s is answered as %s", async (accept, query, expected) => {
  for (const path of [BUILD, "/build/maestro:nope"]) {
    const answer = await ask(path + query, { headers: { accept } });
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, expected]);
    expect(await answer.text()).toMatch(expected === "text/html" ? /^<!doctype html>/ : /^\{/);
  }
});

test("a path is matched after percent decoding", async () => {
  expect(await (await ask("/build/maestro%3Amb-6-0")).text()).toBe(await (await ask(BUILD)).text());
  expect((await ask("/build%2Fmaestro:mb-6-0")).status).toBe(200);
  expect((await ask("/build/maestro%2Fmb-6-0")).status).toBe(404);
});

test("answers are compressed for those who take it", async () => {
  const [plain, packed] = await Promise.all(
    ["identity", "deflate;q=0.5, gzip"].map((encoding) => ask("/tree/", { headers: { "accept-encoding": encoding } })),
  );
  expect([plain?.headers.get("content-encoding"), packed?.headers.get("content-encoding")]).toEqual([null, "gzip"]);
  expect(packed?.headers.get("vary")).toMatch(VARY);
  expect(packed?.headers.get("etag")).toBe(plain?.headers.get("etag"));
  expect(await packed?.json()).toEqual(await plain?.json());
});
