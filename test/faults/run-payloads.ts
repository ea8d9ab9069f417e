import { commit, instant, type Payload, type Repo, repository, SENDER } from "./payloads.ts";

/** One execution of a workflow, as its story goes on. */
export type RunState = {
  id: number;
  attempt: number;
  workflow: number;
  branch: string;
  sha: string;
  createdAt: number;
  startedAt: number;
};

const WORKFLOWS = ["CI", "Nightly", "Publish Website"];

/** `workflow_run`; `second` is when the run last changed. */
export function workflowRun(repo: Repo, run: RunState, status: string, second: number, conclusion?: string): Payload {
  const workflow = workflowOf(repo, run.workflow);
  const url = `https://api.github.com/repos/foundry/${repo.name}/actions/runs/${run.id}`;
  const about = { id: run.id, node_id: `WFR_${run.id}`, name: workflow.name, path: workflow.path, url };
  const head = {
    head_branch: run.branch,
    head_sha: run.sha,
    head_commit: commit(run.sha, run.createdAt, "Improve it"),
  };
  const times = {
    created_at: instant(run.createdAt),
    run_started_at: instant(run.startedAt),
    updated_at: instant(second),
  };
  return {
    action: status === "queued" ? "requested" : status,
    workflow_run: {
      ...about,
      ...head,
      ...times,
      display_title: "Improve it",
      run_number: run.id % 10_000,
      run_attempt: run.attempt,
      event: "push",
      status,
      conclusion: conclusion ?? null,
      workflow_id: workflow.id,
      check_suite_id: run.id + 1,
      html_url: `https://github.com/foundry/${repo.name}/actions/runs/${run.id}`,
      pull_requests: [],
      actor: SENDER,
      triggering_actor: SENDER,
      repository: repository(repo),
      head_repository: repository(repo),
    },
    workflow,
    repository: repository(repo),
    sender: SENDER,
  };
}

/** `workflow_job`; `second` is when the job last changed. */
export function workflowJob(repo: Repo, run: RunState, place: number, status: string, times: number[]): Payload {
  const [created = 0, started = created, ended] = times;
  const id = run.id * 100 + run.attempt * 10 + place;
  const os = ["ubuntu-24.04", "windows-2025", "macos-15"][place % 3] ?? "";
  return {
    action: status,
    workflow_job: {
      id,
      run_id: run.id,
      run_attempt: run.attempt,
      node_id: `CR_${id}`,
      name: `build (${os})`,
      head_sha: run.sha,
      head_branch: run.branch,
      workflow_name: WORKFLOWS[run.workflow],
      status,
      conclusion: ended === undefined ? null : "success",
      created_at: instant(created),
      started_at: instant(started),
      completed_at: ended === undefined ? null : instant(ended),
      labels: [os],
      runner_id: status === "queued" ? null : 40 + place,
      runner_name: status === "queued" ? null : `runner-${place}`,
      runner_group_name: status === "queued" ? null : "Default",
      steps: [{ name: "Set up job", number: 1, status, conclusion: null }],
    },
    repository: repository(repo),
    sender: SENDER,
  };
}

function workflowOf(repo: Repo, index: number) {
  const name = WORKFLOWS[index] ?? "CI";
  return {
    id: repo.id * 10 + index,
    node_id: `W_${repo.id}_${index}`,
    name,
    path: `.github/workflows/${name.toLowerCase().replaceAll(" ", "-")}.yml`,
    state: "active",
    html_url: `https://github.com/foundry/${repo.name}/actions`,
    created_at: instant(0),
    updated_at: instant(0),
  };
}
