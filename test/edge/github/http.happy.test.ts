import { expect, test } from "vitest";
import { receiptOf, settled, testPool } from "../../support/database.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { IREE, RunList, read, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const RUNS = `${IREE}/actions/runs`;
const PATHS = [
  IREE,
  `${IREE}/branches`,
  `${IREE}/branches/main`,
  `${IREE}/commits`,
  `${IREE}/commits/main`,
  `${IREE}/actions/workflows`,
  `${IREE}/actions/workflows/ci.yml`,
  `${IREE}/actions/workflows/ci.yml/runs`,
  RUNS,
  `${RUNS}/13401005144`,
  `${RUNS}/13401005144/attempts/1`,
  `${RUNS}/13401005144/jobs`,
  `${RUNS}/13401005144/attempts/1/jobs`,
  `${IREE}/actions/jobs/40200001480`,
  "/rate_limit",
];

test.each(PATHS)("%s: content type, CORS, weak ETag, HEAD, 304", async (path) => {
  const answer = await read(path);
  const etag = answer.headers.get("etag") ?? "";
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")?.split(/, ?/)).toEqual(
    expect.arrayContaining(["ETag", "Link", "Location"]),
  );
  expect(etag).toMatch(/^W\/"[^"]+"$/);
  const text = await answer.text();

  const head = await read(path, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  for (const name of ["content-type", "etag", "link"]) expect(head.headers.get(name)).toBe(answer.headers.get(name));

  for (const tag of [etag, etag.slice(2), `"x", ${etag}`, "*"]) {
    const again = await read(path, { headers: { "if-none-match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("etag")).toBe(etag);
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    expect(again.headers.get("link")).toBe(answer.headers.get("link"));
  }
  const other = await read(path, { headers: { "if-none-match": 'W/"x"' } });
  expect([other.status, await other.text()]).toEqual([200, text]);
});

test("an answer changes its ETag when a run arrives", async () => {
  const repository = freshRepository();
  const path = `/repos/${repository.full_name}/actions/runs`;
  const send = async (change: Record<string, unknown>) => {
    const answer = await deliver("workflow_run", workflowRun(repository, change));
    expect(await settled(pool, receiptOf(answer))).toMatchObject({ how: "inbox" });
  };
  await send({ status: "in_progress", conclusion: null });
  const before = await read(path);
  await send({ updated_at: "2026-01-02T10:30:00Z" });
  const after = await read(path, { headers: { "if-none-match": before.headers.get("etag") ?? "" } });
  expect(after.status).toBe(200);
  const { workflow_runs: runs } = RunList.parse(await after.json());
  expect(runs.map(({ status, conclusion }) => [status, conclusion])).toEqual([["completed", "success"]]);
});

test("a browser on another origin may read, with headers of its own", async () => {
  for (const path of PATHS) {
    const answer = await read(path, {
      method: "OPTIONS",
      headers: {
        origin: "https://dashboard.example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "content-type,x-github-api-version",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-methods")).toContain("GET");
    expect(answer.headers.get("access-control-allow-headers")).toContain("content-type");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  }
});

test("any Authorization is accepted while reading is open", async () => {
  for (const authorization of ["Bearer x", "token x", "Basic eDp5", "Basic ###", "nonsense"])
    expect((await read(IREE, { headers: { authorization } })).status).toBe(200);
});

test("the first page has no way back, the last none on", async () => {
  const links = async (query: string) =>
    [...((await read(`${RUNS}?${query}`)).headers.get("link") ?? "").matchAll(/[?&]page=(\d+)>; rel="(\w+)"/g)].map(
      ([, page, rel]) => `${rel} ${page}`,
    );
  expect(await links("per_page=100")).toEqual(["next 2", "last 6"]);
  expect(await links("per_page=100&page=3")).toEqual(["prev 2", "next 4", "last 6", "first 1"]);
  expect(await links("per_page=100&page=6")).toEqual(["prev 5", "first 1"]);
  expect(await links("branch=users/hanako/%E9%87%8F%E5%AD%90%E5%8C%96")).toEqual([]);
});
