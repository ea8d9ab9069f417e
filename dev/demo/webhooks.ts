import { createHash } from "node:crypto";
import type { Fixture, Thing } from "./fixture.ts";

/** A webhook as GitHub would have sent it; the id is the same at every run of the demo. */
export type Webhook = { event: string; id: string; payload: Thing };

const COMMITS_A_PUSH = 20;
const NO_COMMIT = "0".repeat(40);

/** The deliveries behind a repository of the fixture: pushes, branches, every attempt of every run, jobs. */
export function webhooksOf(fixture: Fixture): Webhook[] {
  const { repository } = fixture;
  const common = { repository, sender: { login: "octavia" } };
  const workflows = new Map(fixture.workflows.map((workflow) => [workflow.id, workflow]));
  const payloads: [string, Thing][] = [
    ...pushes(fixture).map((push): [string, Thing] => ["push", push]),
    ...fixture.branches.map(({ name }): [string, Thing] => ["create", { ref: name, ref_type: "branch" }]),
    ...[...fixture.attempts, ...fixture.runs].map((run): [string, Thing] => [
      "workflow_run",
      { action: run.status, workflow_run: run, workflow: workflows.get(run.workflow_id) },
    ]),
    ...fixture.jobs.map((job): [string, Thing] => ["workflow_job", { action: job.status, workflow_job: job }]),
  ];
  return payloads.map(([event, payload]) => ({
    event,
    id: idOf(event, payload, repository),
    payload: { ...payload, ...common },
  }));
}

/** The default branch's commits, oldest first, and one push for the head of every other branch. */
function pushes({ repository, commits, branches }: Fixture): Thing[] {
  const ordered = commits.toReversed().map(({ sha, commit, author }) => ({
    id: sha,
    message: commit.message,
    timestamp: commit.author.date,
    author: { name: commit.author.name, ...(author === null ? {} : { username: author.login }) },
  }));
  const all: Thing[] = [];
  for (let at = 0; at < ordered.length; at += COMMITS_A_PUSH) {
    const listed = ordered.slice(at, at + COMMITS_A_PUSH);
    all.push(push(repository.default_branch, ordered[at - 1]?.id ?? NO_COMMIT, listed.at(-1)?.id ?? NO_COMMIT, listed));
  }
  const others = branches.filter(({ name }) => name !== repository.default_branch);
  return [...all, ...others.map(({ name, commit }) => push(name, NO_COMMIT, commit.sha, []))];
}

function push(branch: string, before: string, after: string, commits: Thing[]): Thing {
  const head_commit = commits.at(-1) ?? null;
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    deleted: false,
    forced: false,
    commits,
    head_commit,
    pusher: { name: "octavia" },
  };
}

/** A GUID out of what the delivery says, so that a second demo repeats the first. */
function idOf(event: string, payload: Thing, repository: Thing): string {
  const sum = createHash("sha256")
    .update(JSON.stringify([event, payload, repository.id]))
    .digest("hex");
  return sum.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
