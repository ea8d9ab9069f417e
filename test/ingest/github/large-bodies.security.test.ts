import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";

const pool = testPool();
/** What storing one delivery may take on a busy machine. */
const MAX_MS = 20_000;
const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const sha = (n: number) => n.toString(16).padStart(40, "a");
const repository = freshRepository();
const { workflow_run } = workflowRun(repository);
const workflow = { id: repository.id * 10, name: "CI" };
const run = (change: object) => ({
  action: "completed",
  workflow_run: { ...workflow_run, ...change },
  workflow,
  repository,
});
const job = (change: object) => ({
  action: "queued",
  workflow_job: { id: repository.id * 100 + 5, run_id: workflow_run.id, name: "build", status: "queued", ...change },
  repository,
});
const push = (count: number, id: (n: number) => string) => ({
  ref: "refs/heads/main",
  before: "0".repeat(40),
  after: sha(0),
  commits: many(count, (n) => ({ id: id(n), message: "m", timestamp: "2026-01-01T00:00:00Z", author: { name: "o" } })),
  pusher: { name: "octavia" },
  repository,
});

test.each<[string, string, object]>([
  ["a push of 10,000 commits", "push", push(10_000, sha)],
  ["a push of 10,000 times the same commit", "push", push(10_000, () => sha(1))],
  ["a run of 40,000 pull requests", "workflow_run", run({ pull_requests: many(40_000, (n) => ({ number: n })) })],
  [
    "a run of 40,000 referenced workflows",
    "workflow_run",
    run({ referenced_workflows: many(40_000, (n) => ({ path: `${n}` })) }),
  ],
  ["a job of 10,000 labels", "workflow_job", job({ labels: many(10_000, (n) => `label ${n}`) })],
  ["a job of 40,000 steps", "workflow_job", job({ steps: many(40_000, (n) => ({ number: n, name: "x" })) })],
])("%s is stored within seconds", { timeout: 60_000 }, async (_name, event, payload) => {
  const started = performance.now();
  await store(pool, event, payload);
  expect(performance.now() - started).toBeLessThan(MAX_MS);
});
