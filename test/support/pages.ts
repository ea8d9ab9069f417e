import { inject } from "vitest";
import { Commit } from "../../functions/edge/pages/commit/shape.ts";
import { locationOf, untilSettled } from "./deliveries-api.ts";
import { deliver, type Repository, workflowRun } from "./github-delivery.ts";
import { bearer } from "./own-edge.ts";

/** What browsers send. */
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

type Asked = { as?: "html" | "json"; token?: string | undefined; edgeUrl?: string; headers?: Record<string, string> };

/** Asks for a page, or for its JSON. */
export async function askPage(path: string, { as = "json", token, edgeUrl, headers }: Asked = {}) {
  const answer = await fetch((edgeUrl ?? inject("stack").edgeUrl) + path, {
    redirect: "manual",
    headers: {
      accept: as === "html" ? BROWSER : "application/json",
      ...(token === undefined ? {} : bearer(token)),
      ...headers,
    },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** The JSON of a commit's page. */
export async function commitAt(sha: string, asked: Omit<Asked, "as"> = {}): Promise<Commit> {
  const { status, text } = await askPage(`/commits/${sha}`, asked);
  if (status !== 200) throw new Error(`no commit: ${status} ${text}`);
  return Commit.parse(JSON.parse(text));
}

/** A hash that nobody else has. */
export const freshHash = () =>
  crypto.randomUUID().replaceAll("-", "") + crypto.randomUUID().replaceAll("-", "").slice(0, 8);

let lastId = 0;
/** An id that no other run or job of a repository has. */
const nextId = (repository: Repository) => repository.id * 1_000 + ++lastId;

type RunOf = {
  sha: string;
  branch?: string;
  committedAt: string;
  jobs: readonly { name: string; conclusions: readonly string[]; noRunner?: boolean }[];
  message?: string;
  workflow?: string;
};

/** Sends a run and the attempts of its jobs as webhooks, and waits until all is stored. */
export async function storeRun(repository: Repository, run: RunOf): Promise<number> {
  const { sha, branch = "main", committedAt, jobs, message = "Change something", workflow = "CI" } = run;
  const id = nextId(repository);
  const attempts = Math.max(1, ...jobs.map(({ conclusions }) => conclusions.length));
  const failed = jobs.some(({ conclusions }) => conclusions.at(-1) === "failure");
  const bodies: [string, unknown][] = [
    [
      "workflow_run",
      workflowRun(repository, {
        id,
        name: workflow,
        head_sha: sha,
        head_branch: branch,
        run_attempt: attempts,
        conclusion: failed ? "failure" : "success",
        head_commit: { id: sha, message, timestamp: committedAt, author: { name: "Octavia" } },
      }),
    ],
  ];
  for (const { name, conclusions, noRunner = false } of jobs)
    for (const [nth, conclusion] of conclusions.entries())
      bodies.push([
        "workflow_job",
        jobBody(repository, { id, sha, branch, name, conclusion, attempt: nth + 1, noRunner }),
      ]);
  const receipts = await Promise.all(bodies.map(([event, body]) => deliver(event, body)));
  for (const receipt of receipts) {
    const { status, reason } = await untilSettled(locationOf(receipt));
    if (status !== "done") throw new Error(`${status}: ${reason}`);
  }
  return id;
}

function jobBody(
  repository: Repository,
  job: {
    id: number;
    sha: string;
    branch: string;
    name: string;
    conclusion: string;
    attempt: number;
    noRunner: boolean;
  },
) {
  const { id, sha, branch, name, conclusion, attempt, noRunner } = job;
  const jobId = nextId(repository);
  return {
    action: "completed",
    repository,
    sender: { login: "octavia" },
    workflow_job: {
      id: jobId,
      run_id: id,
      run_attempt: attempt,
      workflow_name: "CI",
      head_branch: branch,
      head_sha: sha,
      node_id: `J${jobId}`,
      status: "completed",
      conclusion,
      name,
      created_at: "2026-01-02T10:00:00Z",
      started_at: "2026-01-02T10:01:00Z",
      completed_at: "2026-01-02T10:11:00Z",
      steps: [],
      labels: ["ubuntu-latest"],
      runner_id: noRunner ? null : 1,
      runner_name: noRunner ? null : "runner 1",
      runner_group_id: noRunner ? null : 1,
      runner_group_name: noRunner ? null : "Default",
      html_url: `${repository.html_url}/actions/runs/${id}/job/${jobId}`,
      url: `${repository.url}/actions/jobs/${jobId}`,
    },
  };
}
