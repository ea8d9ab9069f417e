import type { Delivery } from "../story.ts";
import { type Job, jobRow, type Run, runRow } from "./github-runs.ts";
import type { Row } from "./rows.ts";

/*
 * What the documented tables hold after the story of the faults, computed from its payloads by the GitHub contract (sections 3
 * and 4) and from nothing of the product. Deliveries come in the order in which they happened, each once.
 */

type Sent = Readonly<Record<string, unknown>>;

const object = (value: unknown): Sent => (typeof value === "object" && value !== null ? { ...value } : {});
const list = (value: unknown): readonly Sent[] => (Array.isArray(value) ? value.map(object) : []);
/** An instant of the payloads as the tables show it. */
export const time = (instant: unknown) => (typeof instant === "string" ? instant.replace("Z", "") : null);

type Repo = { name: unknown; branches: Map<unknown, Row>; commits: Map<unknown, Row>; workflows: Map<unknown, Row> };

/** The rows of every documented table. */
export function modelGithub(load: readonly Delivery[]): Record<string, Row[]> {
  const repos = new Map<unknown, Repo>();
  const runs = new Map<unknown, Run>();
  const jobs = new Map<unknown, Job>();
  const pulls = new Map<unknown, Row>();
  for (const { event, body } of load) {
    const payload = object(JSON.parse(body));
    const { id, full_name: name } = object(payload.repository);
    const repo = repos.get(id) ?? { name, branches: new Map(), commits: new Map(), workflows: new Map() };
    repos.set(id, repo);
    if (event === "create") repo.branches.set(payload.ref, branchRow(repo, payload.ref, null, false));
    if (event === "delete") endBranch(repo, payload.ref);
    if (event === "push") applyPush(repo, payload);
    if (event === "pull_request") applyPull(pulls, repo, payload);
    if (event === "workflow_job") {
      const job = object(payload.workflow_job);
      jobs.set(job.id, { ...job, repo: repo.name });
    }
    if (event === "workflow_run") {
      const run = object(payload.workflow_run);
      runs.set(`${run.id} ${run.run_attempt}`, { ...run, repo: repo.name });
      const { id: github_id, name: called, path, state } = object(payload.workflow);
      repo.workflows.set(github_id, { name: called, repo: repo.name, github_id, path, state });
    }
  }
  const all = [...repos];
  return {
    repos: all.map(([github_id, { name }]) => ({ ...REPO, name, github_id })),
    branches: all.flatMap(([, { branches }]) => [...branches.values()]),
    commits: all.flatMap(([, { commits }]) => [...commits.values()]),
    workflows: all.flatMap(([, { workflows }]) => [...workflows.values()]),
    attempts: [...runs.values()].map(attemptRow),
    workflowruns: newestAttempts([...runs.values()]).map((run) => runRow(run, [...jobs.values()])),
    workflowjobs: [...jobs.values()].map(jobRow),
    pulls: [...pulls.values()],
  };
}

const REPO = { default_branch: "main", private: false, archived: false, deleted: false };
/** Everything in the story is done by one person. */
const AUTHOR = "octavia";

const branchRow = (repo: Repo, name: unknown, head_sha: unknown, deleted: boolean): Row => ({
  ...{ name, author: AUTHOR, repo: repo.name, head_sha, deleted },
});

function endBranch(repo: Repo, name: unknown): void {
  const known = repo.branches.get(name);
  if (known !== undefined) repo.branches.set(name, { ...known, deleted: true });
}

function applyPush(repo: Repo, { ref, after, deleted, commits }: Sent): void {
  const branch = String(ref).replace("refs/heads/", "");
  const isEnd = deleted === true || /^0+$/.test(String(after));
  if (deleted === true) endBranch(repo, branch);
  else if (!isEnd) repo.branches.set(branch, branchRow(repo, branch, after, false));
  for (const { id: hash, message, timestamp, author } of list(commits)) {
    const { name, username } = object(author);
    const known = { hash, author: name, message, time: time(timestamp), repo: repo.name, forced: false };
    repo.commits.set(hash, { ...known, authorurl: `https://github.com/${username}` });
  }
}

function applyPull(pulls: Map<unknown, Row>, repo: Repo, payload: Sent): void {
  const pull = object(payload.pull_request);
  const { number, title, state, merged } = pull;
  const head = { head_ref: object(pull.head).ref, head_sha: object(pull.head).sha, base_ref: object(pull.base).ref };
  const times = { merged_at: time(pull.merged_at), closed_at: time(pull.closed_at) };
  pulls.set(`${repo.name} ${number}`, {
    number,
    title,
    state,
    merged,
    author: AUTHOR,
    ...head,
    ...times,
    repo: repo.name,
  });
}

const attemptRow = ({ id, run_attempt, repo, status, conclusion, run_started_at, updated_at }: Run): Row => ({
  ...{ gitid: id, attempt: run_attempt, repo, status, conclusion },
  ...{ run_started_at: time(run_started_at), updated_at: time(updated_at) },
});

function newestAttempts(runs: readonly Run[]): Run[] {
  const newest = new Map<unknown, Run>();
  for (const run of runs)
    if (Number(newest.get(run.id)?.run_attempt ?? 0) < Number(run.run_attempt)) newest.set(run.id, run);
  return [...newest.values()];
}
