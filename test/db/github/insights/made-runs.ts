import fc from "fast-check";
import { type GithubFacts, mergeFacts } from "../../../../db/upserts/github/facts.ts";
import { factsOfJob, Job } from "../../../../functions/ingest/github/workflow-job.ts";
import { factsOfRun, Run } from "../../../../functions/ingest/github/workflow-run.ts";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";

/** What `now` is in these histories. */
export const NOW = Date.parse("2025-03-20T12:00:00Z");
export const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

const WAITING = ["queued", "pending", "waiting", "requested"];
const CONCLUSIONS = [
  "success",
  "success",
  "success",
  "failure",
  "failure",
  "timed_out",
  "startup_failure",
  "cancelled",
  "skipped",
  "neutral",
  "action_required",
  "stale",
];
const LABELS = { Linux: "ubuntu-24.04", Windows: "windows-2022", macOS: "macos-14", none: "gpu" };

/** What a job's end is called; a job that is carried over passed in an earlier attempt. */
const CONCLUSION = { success: "success", skipped: "skipped", unassigned: "cancelled", "carried over": "success" };

const MadeJob = fc.record({
  system: fc.constantFrom("Linux", "Windows", "macOS", "none"),
  group: fc.constantFrom("GitHub Actions", "Own", "", null),
  waitSeconds: fc.integer({ min: -5, max: 4_000 }),
  end: fc.constantFrom("success", "success", "skipped", "unassigned", "carried over"),
} as const);

const MadeRun = fc.record({
  minutesAgo: fc.integer({ min: -60, max: 12 * 24 * 60 }),
  workflow: fc.integer({ min: 0, max: 2 }),
  commit: fc.integer({ min: 0, max: 5 }),
  branch: fc.constantFrom("main", "topic"),
  event: fc.constantFrom("push", "schedule"),
  actor: fc.constantFrom("octavia", "hanako"),
  isFork: fc.boolean(),
  earlier: fc.array(fc.constantFrom(...CONCLUSIONS), { maxLength: 2 }),
  end: fc.constantFrom(...CONCLUSIONS, ...WAITING, "in_progress"),
  isSilent: fc.boolean(),
  lengthSeconds: fc.integer({ min: 0, max: 9_000 }),
  jobs: fc.array(MadeJob, { maxLength: 2 }),
});

/** Runs of one repository as their senders know them, newest id last. */
export const MadeRuns = fc.array(MadeRun, { maxLength: 30 });
export type MadeRun = typeof MadeRun extends fc.Arbitrary<infer T> ? T : never;

/** Where a made run is found: ids start anew with every repository. */
export const idOf = (repoId: number, index: number) => repoId * 1_000 + index;
export const workflowIdOf = (repoId: number, workflow: number) => repoId * 10 + workflow;
export const shaOf = (commit: number) => String(commit).repeat(40);
export const committedAt = (commit: number) => NOW - (commit % 4) * 3_600_000;
export const createdAt = (run: MadeRun) => NOW - run.minutesAgo * 60_000;
export const startOfAttempt = (run: MadeRun, attempt: number) => createdAt(run) + (attempt - 1) * 1_800_000;

/** Two of the workflows have one name. */
export const workflowNameOf = ({ workflow }: MadeRun) => `W${workflow % 2}`;

/** The attempts of a run: status, conclusion and instants. */
export function attemptsOf(run: MadeRun) {
  return [...run.earlier, run.end].map((end, index) => {
    const isOpen = WAITING.includes(end) || end === "in_progress";
    const started = startOfAttempt(run, index + 1);
    const updated = isOpen && run.isSilent && index === 0 ? createdAt(run) : started + run.lengthSeconds * 1_000;
    return {
      attempt: index + 1,
      status: isOpen ? end : "completed",
      conclusion: isOpen ? null : end,
      started,
      updated,
    };
  });
}

/** The jobs of an attempt, and whether they have really started. */
export function jobsOf(run: MadeRun, { attempt, status }: { attempt: number; status: string }) {
  const waits = WAITING.includes(status);
  return run.jobs.map((job) => ({
    ...job,
    status: waits ? "queued" : "completed",
    conclusion: waits ? null : CONCLUSION[job.end],
    hasStarted: !waits && job.end === "success",
    created: startOfAttempt(run, attempt),
    completed: !waits && job.end === "carried over" ? startOfAttempt(run, attempt) - 600_000 : null,
    started: startOfAttempt(run, attempt) + job.waitSeconds * 1_000,
  }));
}

/** Everything GitHub would send about these runs. */
export function factsOfMade(repoId: number, runs: readonly MadeRun[]): GithubFacts {
  const arrival = newReceiptId();
  return mergeFacts(
    runs.flatMap((run, index) =>
      attemptsOf(run).flatMap((state) => {
        const sent = runObject(repoId, run, index, state);
        const jobs = jobsOf(run, state).map((job, place) => jobObject(sent.id, state.attempt, place, job));
        return [
          factsOfRun(Run.parse(sent), sent, repoId, arrival),
          ...jobs.map((one) => factsOfJob(Job.parse(one), one, repoId, arrival)),
        ];
      }),
    ),
  );
}

function runObject(repoId: number, run: MadeRun, index: number, state: ReturnType<typeof attemptsOf>[number]) {
  const sha = shaOf(run.commit);
  return {
    id: idOf(repoId, index),
    run_attempt: state.attempt,
    name: workflowNameOf(run),
    workflow_id: workflowIdOf(repoId, run.workflow),
    head_branch: run.branch,
    head_sha: sha,
    event: run.event,
    actor: { login: run.actor },
    status: state.status,
    conclusion: state.conclusion,
    created_at: iso(createdAt(run)),
    run_started_at: iso(state.started),
    updated_at: iso(state.updated),
    html_url: `https://github.com/made/runs/${index}`,
    head_repository: { id: run.isFork ? repoId + 1 : repoId },
    head_commit: {
      id: sha,
      message: `Change ${run.commit}\n\nat length`,
      timestamp: iso(committedAt(run.commit)),
      author: { name: "Octavia" },
    },
  };
}

function jobObject(runId: number, attempt: number, place: number, job: ReturnType<typeof jobsOf>[number]) {
  return {
    id: runId * 100 + attempt * 10 + place,
    run_id: runId,
    run_attempt: attempt,
    name: "build",
    status: job.status,
    conclusion: job.conclusion,
    created_at: iso(job.created),
    started_at: iso(job.completed !== null ? job.completed - 60_000 : job.hasStarted ? job.started : job.created),
    completed_at: job.completed === null ? null : iso(job.completed),
    labels: [LABELS[job.system]],
    runner_id: job.end === "unassigned" ? 0 : 7,
    runner_name: null,
    runner_group_name: job.group,
  };
}
