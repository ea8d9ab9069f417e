import type { Pool } from "pg";
import { store } from "./github-chain.ts";
import { freshRepository, type Repository, workflowRun } from "./github-delivery.ts";

/** What a run of the dashboards' tests may differ in. */
export type RunChange = {
  number: number;
  at: string;
  sha?: string;
  end?: string;
  attempt?: number;
  seconds?: number;
  branch?: string;
  workflow?: string;
  message?: string;
};

/**
 * A repository whose events lie in a time of their own: the dashboards' figures are over all repositories, and `as_of`
 * hides whatever is later.
 */
export function repositoryOfItsTime(pool: Pool) {
  const repository: Repository = freshRepository();
  return {
    repository,
    async run({ number, at, sha = "a".repeat(40), end = "success", attempt = 1, seconds = 600, ...change }: RunChange) {
      const isOpen = end === "in_progress" || end === "queued";
      const updated = new Date(Date.parse(at) + seconds * 1_000).toISOString();
      const told = {
        id: repository.id * 100 + number,
        run_attempt: attempt,
        name: change.workflow ?? "CI",
        workflow_id: repository.id * 10 + number,
        head_sha: sha,
        head_branch: change.branch ?? "main",
        head_commit: { id: sha, message: change.message ?? "Change something", timestamp: at, author: { name: "O" } },
        status: isOpen ? end : "completed",
        conclusion: isOpen ? null : end,
        created_at: at,
        run_started_at: at,
        updated_at: updated,
        html_url: `${repository.html_url}/actions/runs/${number}`,
      };
      await store(pool, "workflow_run", workflowRun(repository, told));
    },
    async job(run: number, place: number, at: string, label: string) {
      const job = {
        id: (repository.id * 100 + run) * 10 + place,
        run_id: repository.id * 100 + run,
        run_attempt: 1,
        name: label,
        status: "completed",
        conclusion: "success",
        created_at: at,
        started_at: at,
        completed_at: at,
        labels: [label],
        runner_id: 7,
      };
      await store(pool, "workflow_job", { action: "completed", workflow_job: job, repository });
    },
    async merged(number: number, at: string, sha: string) {
      const pull = { number, title: "T", state: "closed", merged: true, merged_at: at, closed_at: at, updated_at: at };
      const head = { ref: "topic", sha };
      const pull_request = { ...pull, user: { login: "octavia" }, head, base: { ref: "main" } };
      await store(pool, "pull_request", { action: "closed", pull_request, repository });
    },
    async pushed(commits: readonly { sha: string; message: string; at: string }[]) {
      const sent = commits.map(({ sha, message, at }) => ({ id: sha, message, timestamp: at, author: { name: "O" } }));
      const push = { ref: "refs/heads/main", before: "0".repeat(40), after: sent.at(-1)?.id ?? "", commits: sent };
      await store(pool, "push", { ...push, pusher: { name: "octavia" }, repository: { ...repository, pushed_at: 1 } });
    },
  };
}
