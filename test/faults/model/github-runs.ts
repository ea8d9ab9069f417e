import { time } from "./github.ts";
import type { Row } from "./rows.ts";

/** A run or a job as its newest delivery shows it, with the name of its repository. */
export type Run = Readonly<Record<string, unknown>>;
export type Job = Readonly<Record<string, unknown>>;

const seconds = (instant: unknown) => Date.parse(String(instant)) / 1_000;
const person = (user: unknown) => (typeof user === "object" && user !== null && "login" in user ? user.login : null);

/** The derived columns of a run, from the jobs of its newest attempt (GitHub contract section 4). */
export function runRow(run: Run, jobs: readonly Job[]): Row {
  const own = jobs.filter(({ run_id }) => run_id === run.id);
  const starts = own
    .filter((job) => job.run_attempt === run.run_attempt && hasStarted(job))
    .map((job) => job.started_at);
  const start = starts.toSorted((a, b) => seconds(a) - seconds(b))[0] ?? run.run_started_at;
  const end = run.status === "completed" ? run.updated_at : null;
  const reference = run.run_attempt === 1 ? run.created_at : run.run_started_at;
  return {
    ...{ gitid: run.id, author: person(run.actor), status: run.status, conclusion: run.conclusion },
    ...{ createtime: time(run.created_at), starttime: time(start), endtime: time(end) },
    queuetime: Math.max(0, seconds(start) - seconds(reference)),
    runtime: end === null ? null : Math.max(0, seconds(end) - seconds(start)),
    ...{ branchname: run.head_branch, commithash: run.head_sha, workflowname: run.name, repo: run.repo },
    os: systems(own),
    ...{ attempt: run.run_attempt, event: run.event, workflow_id: run.workflow_id },
  };
}

/** A job as its table shows it. */
export function jobRow(job: Job): Row {
  return {
    ...{ gitid: job.id, run_gitid: job.run_id, attempt: job.run_attempt, name: job.name, repo: job.repo },
    ...{ status: job.status, conclusion: job.conclusion, createtime: time(job.created_at) },
    ...{ endtime: time(job.completed_at), os: system(job), runner_name: job.runner_name },
  };
}

const hasStarted = ({ status }: Job) => status === "in_progress" || status === "completed";

/** The story's labels say the system by their beginning. */
function system({ labels }: Job): string | null {
  const label = String(labels);
  return label.startsWith("ubuntu")
    ? "Linux"
    : label.startsWith("windows")
      ? "Windows"
      : label.startsWith("macos")
        ? "macOS"
        : null;
}

function systems(jobs: readonly Job[]): string | null {
  const known = new Set(jobs.map(system));
  return ["Linux", "Windows", "macOS"].filter((name) => known.has(name)).join(",") || null;
}
