import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { repositoryOfItsTime } from "../../support/github-dashboards.ts";
import { read, seeded } from "../../support/github-reads.ts";
import { bearer, ownEdge, sum } from "../../support/own-edge.ts";

seeded();
const pool = testPool();

const TOKEN = "read-token-of-the-dashboards";
const restricted = ownEdge(() => ({ GITHUB_READ_TOKEN_SHA256: sum(TOKEN) }));
const Rows = z.array(z.record(z.string(), z.unknown()));

const PAYLOADS = [
  "'",
  "' or '1'='1",
  "main'; drop table github.runs; --",
  "'||(select pg_sleep(30))||'",
  "%",
  "_ain",
  "\\",
];

test.each(PAYLOADS)("%j is a name like any other", async (payload) => {
  const text = encodeURIComponent(payload);
  for (const query of [`repo=${text}`, `branch=${text}`, `repo=iree-org/iree-like&branch=${text}`]) {
    const answer = await read(`/api/metrics/workflowruns?days=9999&${query}`);
    expect([query, answer.status, await answer.json()]).toEqual([query, 200, []]);
  }
  expect((await read(`/api/metrics/dashboard?range=${text}`)).status).toBe(200);
  expect((await read(`/api/metrics/dashboard?as_of=${text}`)).status).toBe(400);
  const feed = await read(`/api/metrics/workflowruns?days=${text}&repo=iree-org/iree-like&as_of=2025-03-20T12:00:00Z`);
  expect(Rows.parse(await feed.json()).length).toBeGreaterThan(0);
});

test("another origin may ask, with the frontend's headers, but not write", async () => {
  const headers = { origin: "https://dashboards.example", "access-control-request-headers": "content-type" };
  const preflight = await read("/api/metrics/repos", {
    method: "OPTIONS",
    headers: { ...headers, "access-control-request-method": "GET" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toBe("content-type");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET,HEAD,OPTIONS");
  expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
  const answer = await read("/api/metrics/repos", {
    headers: { origin: headers.origin, "content-type": "application/json" },
  });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
});

test("while reading is restricted, only health can be asked without a token", async () => {
  for (const path of ["dashboard", "workflowruns", "repos", "workflow-runs"].map((name) => `metrics/${name}`)) {
    const url = `${restricted().url}/github/api/${path}`;
    for (const init of [{}, { headers: bearer("wrong") }, { headers: { "if-none-match": "*" } }, { method: "HEAD" }]) {
      const answer = await fetch(url, init);
      expect([path, answer.status, answer.headers.get("www-authenticate")]).toEqual([
        path,
        401,
        'Bearer realm="GitHub"',
      ]);
      const isHead = "method" in init;
      expect(await answer.text()).toBe(isHead ? "" : '{"error":"Bad credentials"}');
    }
    expect((await fetch(url, { headers: bearer(TOKEN) })).status).toBe(200);
  }
  expect((await fetch(`${restricted().url}/github/api/health`)).status).toBe(200);
  expect((await fetch(`${restricted().url}/github/api/metrics/repos`, { method: "OPTIONS" })).status).toBe(204);
});

test("a deleted repository is in no list and no figure", async () => {
  const { repository, run } = repositoryOfItsTime(pool);
  await run({ number: 1, at: "1959-06-10T00:00:00Z" });
  const look = async () => {
    const fresh = { headers: { "cache-control": "no-cache" } };
    const json = async (path: string): Promise<unknown> => (await read(path, fresh)).json();
    const repos = Rows.parse(await json("/api/metrics/repos"));
    const feed = Rows.parse(await json("/api/metrics/workflowruns?as_of=1959-06-11"));
    const { chartData } = z
      .looseObject({ chartData: z.array(z.unknown()) })
      .parse(await json("/api/metrics/dashboard?as_of=1959-06-11"));
    return [repos.some(({ name }) => name === repository.full_name), feed.length, chartData.length];
  };
  expect(await look()).toEqual([true, 1, 1]);
  const deleted = { ...repository, updated_at: "2026-03-01T00:00:00Z" };
  await store(pool, "repository", { action: "deleted", repository: deleted });
  expect(await look()).toEqual([false, 0, 0]);
});
