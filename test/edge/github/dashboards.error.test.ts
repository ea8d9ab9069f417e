import { expect, test } from "vitest";
import { read } from "../../support/github-reads.ts";
import { databaseAt, NOWHERE, ownEdge } from "../../support/own-edge.ts";

const away = ownEdge(() => databaseAt(NOWHERE));

const PATHS = [
  "/api/metrics/dashboard",
  "/api/metrics/workflowruns",
  "/api/metrics/repos",
  "/api/metrics/workflow-runs",
  "/api/db-schema",
  "/api/test-db",
  "/api/health",
];

test.each(PATHS)("%s serves nothing but GET", async (path) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await read(path, { method });
    expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, "GET, HEAD, OPTIONS"]);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});

test.each(PATHS.slice(0, 4))("%s says that the database is away, and nothing of where it is", async (path) => {
  const answer = await fetch(`${away().url}/github${path}`);
  expect([answer.status, await answer.json()]).toEqual([500, { error: "The database does not answer." }]);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cache-control") ?? "").not.toContain("max-age");
});

test("the check of the database fails with it, what needs none goes on", async () => {
  const at = async (path: string) => (await fetch(`${away().url}/github${path}`)).status;
  expect(await at("/api/test-db")).toBe(500);
  expect(await at("/api/health")).toBe(200);
  expect(await at("/api/db-schema")).toBe(200);
});

test.each([
  ["/api/metrics/dashboard?as_of=tomorrow", "as_of is no date or instant"],
  ["/api/metrics/workflowruns?as_of=2025-02-30", "as_of is no date or instant"],
  ["/api/metrics/workflowruns?repo=a%00", "repo contains NUL"],
  ["/api/metrics/workflowruns?branch=%00", "branch contains NUL"],
  ["/api/metrics/workflow-runs?repo=%00", "repo contains NUL"],
])("%s is refused", async (path, error) => {
  const answer = await read(path);
  expect([answer.status, await answer.json()]).toEqual([400, { error }]);
});

test("beside the documented addresses nothing is served", async () => {
  for (const path of ["/api", "/api/", "/api/metrics", "/api/builds", "/api/metrics/dashboard/x"])
    expect([path, (await read(path)).status]).toEqual([path, 404]);
});
