import { expect, test } from "vitest";
import { githubWebhook } from "../../../functions/ingest/github/webhook.ts";
import { functionConfig } from "../../support/function-config.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";

const repository = freshRepository();
const push = (commits: readonly object[]) => ({
  ref: "refs/heads/main",
  before: "0".repeat(40),
  after: "b".repeat(40),
  commits,
  pusher: { name: "octavia" },
  repository,
});

function read(event: string, payload: object) {
  const config = functionConfig({ GITHUB_MAX_OBJECT_BYTES: "100000" });
  const body = new Uint8Array(Buffer.from(JSON.stringify(payload)));
  return githubWebhook.read(
    {
      v: 1,
      receiptId: "01a21df1-71e4-7000-aca8-ffc928622a11",
      source: "github",
      kind: "webhook",
      key: "k",
      event,
      trace: "t",
      receivedAt: "2026-01-01T00:00:00.000Z",
      contentType: "application/json",
      sizeBytes: body.byteLength,
      replay: 0,
      body: { at: "inline", base64: "" },
    },
    body,
    config,
  );
}

test("a run that takes more bytes than the limit is refused with its place and the limit", () => {
  const { workflow_run } = workflowRun(repository, { display_title: "x".repeat(100_000) });
  const workflow = { id: 1, name: "CI" };
  expect(() => read("workflow_run", { action: "completed", workflow_run, workflow, repository })).toThrow(
    /^\/workflow_run: takes \d+ bytes, more than GITHUB_MAX_OBJECT_BYTES \(100000\)$/,
  );
});

test("numbers count as they are printed", () => {
  const { workflow_run } = workflowRun(repository, { odd: Array.from({ length: 400 }, () => 1e308) });
  const workflow = { id: 1, name: "CI" };
  expect(() => read("workflow_run", { action: "completed", workflow_run, workflow, repository })).toThrow(
    /^\/workflow_run: /,
  );
});

test("a push of many commits within the limit is read, one with a commit beyond it is refused", () => {
  const commit = (n: number, size: number) => ({
    id: String(n).padStart(40, "c"),
    message: "x".repeat(size),
    timestamp: "2026-01-01T00:00:00Z",
    author: { name: "Octavia" },
  });
  const fit = Array.from({ length: 10 }, (_, n) => commit(n, 50_000));
  expect(read("push", push(fit))).toMatchObject({ outcome: "applied" });
  expect(() => read("push", push([...fit, commit(10, 100_000)]))).toThrow(/^\/commits\/10: /);
});

test("a push that lists more than 10,000 commits is refused", () => {
  const commits = Array.from({ length: 10_001 }, (_, n) => ({
    id: String(n).padStart(40, "d"),
    message: "m",
    timestamp: "2026-01-01T00:00:00Z",
    author: { name: "o" },
  }));
  expect(() => read("push", push(commits))).toThrow(/more than 10000 commits/);
});
