import { expect, test } from "vitest";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";
import { databaseAt, NOWHERE, ownEdge } from "../../support/own-edge.ts";

seededKernelci();
const withoutDatabase = ownEdge(() => databaseAt(NOWHERE));

const BUILD = "/build/maestro:mb-6-0";

test.each(["/nothing/here/", "/", "", "/builds/x", "/build/", "/build/a/b/c", "/issue/a/b/", "/tree/a", "/schema/x/"])(
  "%s is an unknown address: a page",
  async (path) => {
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await ask(path, { method });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
      expect(await answer.text()).toContain("<h1>Not Found</h1>");
    }
  },
);

test.each([
  ["POST", BUILD, "GET, HEAD, OPTIONS"],
  ["PUT", "/issue/", "GET, HEAD, OPTIONS"],
  ["DELETE", "/test/status-history", "GET, HEAD, OPTIONS"],
  ["PATCH", "/issue/extras", "GET, HEAD, OPTIONS"],
  ["GET", "/issue/extras/", "POST, OPTIONS"],
])("%s %s is not served", async (method, path, allow) => {
  const answer = await ask(path, { method });
  expect([answer.status, answer.headers.get("allow"), await answer.text()]).toEqual([
    405,
    allow,
    `{"detail":"Method \\"${method}\\" not allowed."}`,
  ]);
});

test("HEAD of what is only posted to is not served either", async () => {
  const answer = await ask("/issue/extras/", { method: "HEAD" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
});

test.each(["image/png", "text/plain", "application/xml, text/csv"])(
  "Accept: %s cannot be satisfied",
  async (accept) => {
    const answer = await ask(BUILD, { headers: { accept } });
    expect([answer.status, await answer.json()]).toEqual([
      406,
      { detail: "Could not satisfy the request Accept header." },
    ]);
    expect(answer.headers.get("content-type")).toBe("application/json");
  },
);

test.each(["xml", "yaml", "JSON", "json&format=csv"])("?format=%s is unknown", async (format) => {
  const answer = await ask(`${BUILD}?format=${format}`);
  expect([answer.status, await answer.json()]).toEqual([404, { detail: "Not found." }]);
});

test("without a database the answer says when to come again", async () => {
  const answer = await fetch(`${withoutDatabase().url}/kernelci/api${BUILD}`);
  expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
    503,
    "5",
    { error: "The database does not answer." },
  ]);
});
