import { commit, type Payload, pullRequest, push, type Repo, refEvent, repositoryEdited } from "./payloads.ts";
import { between, guid, hex, oneOf, type Random, seeded } from "./random.ts";
import { type RunState, workflowJob, workflowRun } from "./run-payloads.ts";

/** One delivery as it is sent. `poison` names what is wrong with one that must be refused. */
export type Delivery = { key: string; event: string; body: string; repoId: number; poison?: string };

type Told = { at: number; event: string; repoId: number; payload: Payload };

const REPOS = 5;
const BRANCHES = ["main", "feature", "release/26.03"] as const;
/** Text of random digits: still above the message limit when it is compressed. */
const LARGE_DIGITS = 500_000;

/**
 * What GitHub would tell of a few repositories at work, in the order in which it happened: pushes, the runs they
 * start with their jobs, re-runs, pull requests, branches that come and go; one push in forty is a large one. The final
 * state does not depend on the order of arrival (GitHub contract section 4).
 */
export function story(seed: number, length: number): Delivery[] {
  const random = seeded(seed);
  const repos = Array.from({ length: REPOS }, (_, i) => ({ id: 880_001 + i, name: `works-${i + 1}`, pushedAt: 2 }));
  const heads = new Map<string, string>();
  const told = repos.flatMap((repo) => [
    { at: 0, event: "repository", repoId: repo.id, payload: repositoryEdited(repo) },
    ...BRANCHES.map((branch) => ({ at: 1, event: "create", repoId: repo.id, payload: refEvent(repo, branch) })),
  ]);
  for (let change = 1; told.length < length * 1.1; change += 1) {
    const repo = repos[change % REPOS];
    if (repo !== undefined) told.push(...changeOf(random, repo, change, heads));
  }
  told.sort((a, b) => a.at - b.at);
  return told.slice(0, length).map(({ event, repoId, payload }) => ({
    key: guid(random),
    event,
    repoId,
    body: JSON.stringify(payload),
  }));
}

/** One change: commits are pushed, workflows run on them, now and then a pull request or the end of a branch. */
function changeOf(random: Random, repo: Repo, change: number, heads: Map<string, string>): Told[] {
  const at = change * 20;
  const branch = oneOf(random, BRANCHES);
  const of = { repoId: repo.id };
  repo.pushedAt = at;
  const message = change % 40 === 5 ? hex(random, LARGE_DIGITS) : "Improve it, see the notes ✓";
  const commits = Array.from({ length: between(random, 1, 3) }, (_, i) => commit(hex(random, 40), at - 9 + i, message));
  const sha = String(commits.at(-1)?.id);
  const before = heads.get(`${repo.id} ${branch}`) ?? "0".repeat(40);
  heads.set(`${repo.id} ${branch}`, sha);
  const told: Told[] = [{ at, event: "push", ...of, payload: push(repo, branch, before, commits) }];
  const workflows = between(random, 1, 2);
  for (let workflow = 0; workflow < workflows; workflow += 1) {
    const id = 90_000_000 + change * 10 + workflow;
    told.push(...runOf(random, repo, { id, attempt: 1, workflow, branch, sha, createdAt: at + 2, startedAt: at + 2 }));
  }
  if (change % 7 === 0) {
    told.push({ at: at + 5, event: "pull_request", ...of, payload: pullRequest(repo, change, sha, at + 5, false) });
    told.push({ at: at + 700, event: "pull_request", ...of, payload: pullRequest(repo, change, sha, at + 700, true) });
  }
  if (change % 11 === 0 && branch === "feature") {
    repo.pushedAt = at + 10;
    heads.delete(`${repo.id} ${branch}`);
    told.push({ at: at + 10, event: "push", ...of, payload: push(repo, branch, sha, []) });
    told.push({ at: at + 10, event: "delete", ...of, payload: refEvent(repo, branch) });
  }
  return told;
}

/** A run from requested to completed, with its jobs; one in six fails and is run again. */
function runOf(random: Random, repo: Repo, run: RunState): Told[] {
  const told: Told[] = [];
  const tell = (at: number, event: string, payload: Payload) => told.push({ at, event, repoId: repo.id, payload });
  const fails = run.attempt === 1 && random() < 1 / 6;
  tell(run.startedAt, "workflow_run", workflowRun(repo, run, "queued", run.startedAt));
  let end = run.startedAt + 6;
  const jobs = between(random, 1, 3);
  for (let place = 0; place < jobs; place += 1) {
    const created = run.startedAt + 1;
    const started = created + between(random, 2, 30);
    const ended = started + between(random, 20, 300);
    tell(created, "workflow_job", workflowJob(repo, run, place, "queued", [created]));
    tell(started, "workflow_job", workflowJob(repo, run, place, "in_progress", [created, started]));
    tell(ended, "workflow_job", workflowJob(repo, run, place, "completed", [created, started, ended]));
    end = Math.max(end, ended + 1);
  }
  tell(run.startedAt + 3, "workflow_run", workflowRun(repo, run, "in_progress", run.startedAt + 3));
  tell(end, "workflow_run", workflowRun(repo, run, "completed", end, fails ? "failure" : "success"));
  if (fails) told.push(...runOf(random, repo, { ...run, attempt: 2, startedAt: end + 60 }));
  return told;
}
