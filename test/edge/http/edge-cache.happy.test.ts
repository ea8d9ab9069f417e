import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "../../support/github-delivery.ts";
import { read } from "../../support/github-reads.ts";

const pool = testPool();
/** Under Node there is no cache of a data centre: every answer is new. */
const isKept = inject("stack").mode === "worker";

const summaryOf = ({ full_name }: Repository, query = "") =>
  `/repos/${full_name}/actions/insights/summary?as_of=2026-01-04T00:00:00Z${query}`;

async function totalAt(path: string, init?: RequestInit): Promise<unknown> {
  const body: unknown = await (await read(path, init)).json();
  return typeof body === "object" && body !== null && "total_count" in body ? body.total_count : body;
}

async function repositoryWithARun(): Promise<Repository> {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository));
  return repository;
}

test("a Worker keeps an answer under its whole address; no-cache brings a new one, which is kept in its turn", async () => {
  const repository = await repositoryWithARun();
  const path = summaryOf(repository);
  expect(await totalAt(path)).toBe(1);
  await store(pool, "workflow_run", workflowRun(repository, { id: repository.id * 100 + 2 }));
  expect(await totalAt(path)).toBe(isKept ? 1 : 2);
  expect(await totalAt(summaryOf(repository, "&branch=main"))).toBe(2);
  expect(await totalAt(path, { headers: { "cache-control": "no-cache" } })).toBe(2);
  expect(await totalAt(path)).toBe(2);
});

test("a kept answer has all headers of a new one, a request id of its own, and is 304 for who has it", async () => {
  const path = summaryOf(await repositoryWithARun());
  const [first, second] = [await read(path), await read(path)];
  for (const name of ["content-type", "etag", "cache-control", "access-control-allow-origin", "x-frame-options"])
    expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)]);
  expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  expect(await second.text()).toBe(await first.text());
  const again = await read(path, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});

test("what is past may be kept for longer than what is present", async () => {
  const { full_name: name } = await repositoryWithARun();
  const past = await read(`/repos/${name}/actions/insights/summary?until=2026-01-04T00:00:00Z`);
  const present = await read(`/repos/${name}/actions/insights/summary`);
  expect(past.headers.get("cache-control")).toBe("public, max-age=60");
  expect(present.headers.get("cache-control")).toBe("public, max-age=15");
});
