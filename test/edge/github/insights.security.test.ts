import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { IREE, read, readObject, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const NAMES = ["summary", "timeseries", "waterfall", "flaky", "queue-times", "failures"];
const AS_OF = "as_of=2025-03-20T12:00:00Z";
const PAYLOADS = [
  "'",
  "main'; truncate github.runs cascade; --",
  "' or '1'='1",
  "') or ('1'='1",
  "'||(select pg_sleep(30))||'",
  "main%",
  "_ain",
  "\\",
  "$1",
  "Main",
  "main ",
  "\u0001",
  "\ud83d\ude00",
  "x".repeat(3_000),
];

test.each(NAMES)("no payload in %s does more than match exactly", async (name) => {
  const { rows: before } = await pool.query("select count(*) from github.runs");
  for (const payload of PAYLOADS) {
    const text = encodeURIComponent(payload);
    for (const parameter of ["branch", "event", "actor"]) {
      const answer = await read(`${IREE}/actions/insights/${name}?${AS_OF}&${parameter}=${text}`);
      const body = await answer.text();
      expect([payload, parameter, answer.status]).toEqual([payload, parameter, 200]);
      const { total_count: total, groups } = z
        .looseObject({ total_count: z.number().optional(), groups: z.array(z.unknown()).optional() })
        .parse(JSON.parse(body));
      if (name !== "timeseries") expect([payload, parameter, total ?? groups?.length]).toEqual([payload, parameter, 0]);
    }
    for (const parameter of ["workflow", "as_of", "since", "bucket", "group_by", "period"]) {
      const answer = await read(`${IREE}/actions/insights/${name}?${parameter}=${text}`);
      expect([parameter, [200, 422].includes(answer.status)]).toEqual([parameter, true]);
      expect(await answer.text()).not.toMatch(/syntax error|pg_|drizzle|github\.runs/i);
    }
  }
  expect((await pool.query("select count(*) from github.runs")).rows).toEqual(before);
});

test("workflows of another repository are unknown", async () => {
  const other = await read(`/repos/iree-org/turbine-like/actions/insights/summary?workflow=200011`);
  expect(other.status).toBe(422);
});

test("hundreds of workflows in one question are answered", async () => {
  const many = Array.from({ length: 300 }, () => "workflow=ci.yml").join("&");
  const { total_count: total } = await readObject(`${IREE}/actions/insights/summary?${AS_OF}&${many}`);
  expect(total).toBe((await readObject(`${IREE}/actions/insights/summary?${AS_OF}&workflow=ci.yml`)).total_count);
});

test("runs of forks count, but are in no waterfall and turn no branch red", async () => {
  const repository = freshRepository();
  const fork = { head_repository: { id: repository.id + 5 }, conclusion: "failure" };
  await store(pool, "workflow_run", workflowRun(repository, fork));
  await store(
    pool,
    "workflow_run",
    workflowRun(repository, { ...fork, id: repository.id * 100 + 2, head_repository: null }),
  );
  const ask = (name: string) =>
    readObject(`/repos/${repository.full_name}/actions/insights/${name}?as_of=2026-01-03T00:00:00Z`);
  expect(await ask("summary")).toMatchObject({ total_count: 2, failure: 2 });
  expect(await ask("waterfall")).toEqual({ branch: "main", total_count: 0, workflows: [], commits: [] });
  expect(await ask("failures")).toMatchObject({ total_count: 0, failing: 0, workflows: [] });
});
