/** A payload GitHub would send. */
export type Payload = Record<string, unknown>;

/** One of the repositories the load speaks of; `pushedAt` in seconds of the story. */
export type Repo = { id: number; name: string; pushedAt: number };

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

const BEGIN = Date.UTC(2026, 2, 1, 8) / 1_000;
const WORKFLOWS = ["CI", "Nightly", "Publish Website"];
const LINKS =
  "archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees".split(
    " ",
  );
const SENDER = { login: "octavia", id: 101, type: "User" };

/** A second of the story as GitHub writes an instant. */
export const instant = (second: number) => new Date((BEGIN + second) * 1_000).toISOString().replace(".000Z", "Z");

/** The object `repository`; a push tells `pushed_at` in seconds, everything else as text. */
function repository({ id, name, pushedAt }: Repo, asSeconds = false) {
  const api = `https://api.github.com/repos/foundry/${name}`;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: `foundry/${name}`,
    private: false,
    archived: false,
    default_branch: "main",
    owner: { login: "foundry", id: 77, type: "Organization" },
    html_url: `https://github.com/foundry/${name}`,
    url: api,
    ...Object.fromEntries(LINKS.map((link) => [`${link}_url`, `${api}/${link}{/id}`])),
    updated_at: instant(0),
    pushed_at: asSeconds ? BEGIN + pushedAt : instant(pushedAt),
  };
}

/** `repository` edited: from here on what is known of the repository is decided. */
export function repositoryEdited(repo: Repo): Payload {
  return { action: "edited", changes: {}, repository: { ...repository(repo), updated_at: instant(1) }, sender: SENDER };
}

/** `create` or `delete` of a branch. */
export function refEvent(repo: Repo, branch: string): Payload {
  return { ref: branch, ref_type: "branch", repository: repository(repo), sender: SENDER };
}

/** `push` of commits, oldest first; without any it removes the branch. */
export function push(repo: Repo, branch: string, before: string, commits: readonly Payload[]): Payload {
  const head = commits.at(-1);
  return {
    ref: `refs/heads/${branch}`,
    before,
    after: head?.id ?? "0".repeat(40),
    created: false,
    deleted: head === undefined,
    forced: false,
    commits,
    head_commit: head ?? null,
    pusher: { name: "octavia" },
    repository: repository(repo, true),
    sender: SENDER,
  };
}

/** A commit as pushes and runs carry it. */
export function commit(sha: string, second: number, message: string): Payload {
  const author = { name: "Octavia Example", email: "octavia@example.org", username: "octavia" };
  return { id: sha, tree_id: sha, message, timestamp: instant(second), author, committer: author };
}

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

/** `pull_request`; `second` is when it last changed. */
export function pullRequest(repo: Repo, number: number, sha: string, second: number, merged: boolean): Payload {
  return {
    action: merged ? "closed" : "opened",
    number,
    pull_request: {
      number,
      title: `Improve it (${number})`,
      state: merged ? "closed" : "open",
      merged,
      merged_at: merged ? instant(second) : null,
      closed_at: merged ? instant(second) : null,
      updated_at: instant(second),
      user: SENDER,
      head: { ref: "feature", sha },
      base: { ref: "main" },
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
