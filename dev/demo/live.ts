import { createHash, randomUUID } from "node:crypto";
import type { RecordedRepository, Thing } from "../github-rest/recorded.ts";

/** A webhook as GitHub would send it. */
export type Webhook = { event: string; id: string; payload: Thing };

/** What becomes of the workflows of the demo's push: by name, seconds until the first job starts, seconds it takes. */
const RUNS = [
  { workflow: "CI", label: "ubuntu-24.04", queued: 9, took: 1_240, conclusion: "success" },
  { workflow: "CI - Windows x64 MSVC", label: "windows-2022", queued: 95, took: 2_110, conclusion: "failure" },
  { workflow: "CI - macOS x64 clang", label: "macos-14", queued: 310, took: 0, conclusion: null },
] as const;

/** Webhooks of something that happens at this moment: a branch, a merged pull request, its push, and the runs it sets off. */
export function liveWebhooks(recorded: RecordedRepository, now = new Date()): Webhook[] {
  const at = (secondsAgo: number) => `${new Date(now.getTime() - secondsAgo * 1_000).toISOString().slice(0, 19)}Z`;
  const sha = createHash("sha1").update(now.toISOString()).digest("hex");
  const pushedAt = Math.floor(now.getTime() / 1_000) - 2_400;
  const repository = { ...recorded.repo, pushed_at: pushedAt };
  const head = {
    id: sha,
    message: "Tile reductions by the widest vector",
    timestamp: at(2_410),
    author: { name: "Octavia", email: "octavia@example.org", username: "octavia" },
  };
  const before = recorded.branches.find(({ name }) => name === "main")?.commit;
  const branch = `users/octavia/tile-${pushedAt}`;
  const happened: [string, Thing][] = [
    ["create", { ref: branch, ref_type: "branch" }],
    ["pull_request", { action: "closed", pull_request: mergedPull(pushedAt, branch, sha, at(2_400)) }],
    [
      "push",
      {
        ref: "refs/heads/main",
        before: shaOf(before),
        after: sha,
        forced: false,
        deleted: false,
        commits: [head],
        head_commit: head,
        pusher: { name: "octavia" },
      },
    ],
    ...RUNS.flatMap((run, i) => runEvents(recorded, { ...run, id: pushedAt * 10 + i, head, at })),
  ];
  const sender = { login: "octavia" };
  return happened.map(([event, payload]) => ({ event, id: randomUUID(), payload: { ...payload, repository, sender } }));
}

function mergedPull(number: number, branch: string, sha: string, at: string): Thing {
  return {
    number: number % 100_000,
    title: "Tile reductions by the widest vector",
    state: "closed",
    merged: true,
    user: { login: "octavia" },
    head: { ref: branch, sha },
    base: { ref: "main" },
    merged_at: at,
    closed_at: at,
    updated_at: at,
  };
}

type Story = (typeof RUNS)[number] & { id: number; head: { id: string }; at(secondsAgo: number): string };

/** One run from its request to its end, or to where it is now, with its one job. */
function runEvents(recorded: RecordedRepository, story: Story): [string, Thing][] {
  const { id, head, at, queued, took, conclusion, label } = story;
  const workflow = recorded.workflows.find(({ name }) => name === story.workflow);
  const template = recorded.runs.find(({ workflow_id }) => workflow_id === workflow?.id);
  if (template === undefined) return [];
  const like: Thing = JSON.parse(JSON.stringify(template).replaceAll(String(template.id), String(id)));
  const created = {
    created_at: at(2_395),
    run_started_at: at(2_395),
    run_attempt: 1,
    event: "push",
    head_branch: "main",
  };
  const run = { ...like, ...created, head_sha: head.id, head_commit: head, display_title: "Tile reductions" };
  const job = { id: id * 10, run_id: id, run_attempt: 1, name: "build", labels: [label], created_at: at(2_394) };
  const start = { started_at: at(2_394 - queued), runner_id: 7, runner_name: "GitHub Actions 7" };
  const open = { conclusion: null };
  const told: [string, Thing][] = [
    ["workflow_run", { workflow, workflow_run: { ...run, ...open, status: "queued", updated_at: at(2_395) } }],
    ["workflow_job", { workflow_job: { ...job, ...open, status: "queued", started_at: at(2_394) } }],
    ["workflow_job", { workflow_job: { ...job, ...open, ...start, status: "in_progress" } }],
    [
      "workflow_run",
      { workflow, workflow_run: { ...run, ...open, status: "in_progress", updated_at: at(2_390 - queued) } },
    ],
  ];
  if (conclusion === null) return told;
  const end = { status: "completed", conclusion };
  const endedAt = at(2_394 - queued - took);
  return [
    ...told,
    ["workflow_job", { workflow_job: { ...job, ...start, ...end, completed_at: endedAt } }],
    ["workflow_run", { workflow, workflow_run: { ...run, ...end, updated_at: endedAt } }],
  ];
}

function shaOf(commit: unknown): string {
  return typeof commit === "object" && commit !== null && "sha" in commit ? String(commit.sha) : "0".repeat(40);
}
