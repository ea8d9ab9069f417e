import { attemptsOf, createdAt, idOf, jobsOf, type MadeRun, NOW, startOfAttempt, workflowIdOf } from "./made-runs.ts";

export type Filter = { branch?: string; event?: string; actor?: string; workflow?: number };
export type Span = { since: number; until: number };

export const FAILING = ["failure", "timed_out", "startup_failure"];
export const QUEUED = ["queued", "pending", "waiting", "requested"];
export const HOUR = 3_600_000;

/** One run as its row should show it. */
function shown(repoId: number, run: MadeRun, index: number) {
  const attempts = attemptsOf(run);
  const last = attempts.at(-1) ?? attempts[0];
  if (last === undefined) throw new Error("a run has an attempt");
  const starts = jobsOf(run, last).flatMap((job) => (job.hasStarted ? [job.started] : []));
  const started = starts.length > 0 ? Math.min(...starts) : startOfAttempt(run, last.attempt);
  const reference = last.attempt === 1 ? createdAt(run) : last.started;
  const isFailing = FAILING.includes(last.conclusion ?? "");
  return {
    ...last,
    run,
    id: idOf(repoId, index),
    workflowId: workflowIdOf(repoId, run.workflow),
    created: createdAt(run),
    reference,
    queue: Math.max(0, started - reference) / 1_000,
    runtime: last.status === "completed" ? Math.max(0, last.updated - started) / 1_000 : null,
    isFailing,
    isConclusive: isFailing || last.conclusion === "success",
    isFlaky: last.conclusion === "success" && run.earlier.some((end) => FAILING.includes(end)),
    ends: attempts.map(({ conclusion }) => conclusion),
  };
}
export type Shown = ReturnType<typeof shown>;

export function chosen(repoId: number, runs: readonly MadeRun[], { branch, event, actor, workflow }: Filter): Shown[] {
  return runs
    .map((run, index) => shown(repoId, run, index))
    .filter(({ run, created }) => {
      const isMeant = (wanted: unknown, is: unknown) => wanted === undefined || wanted === is;
      return (
        created <= NOW &&
        isMeant(branch, run.branch) &&
        isMeant(event, run.event) &&
        isMeant(actor, run.actor) &&
        isMeant(workflow, run.workflow)
      );
    });
}

export const within = (runs: readonly Shown[], { since, until }: Span) =>
  runs.filter(({ created }) => since <= created && created < until);

export const average = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
export const ranked = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? null;
export const largest = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
export const rate = (success: number, failure: number) =>
  success + failure === 0 ? null : success / (success + failure);
export const countOf = (runs: readonly Shown[], is: (run: Shown) => boolean) => runs.filter(is).length;

export function spread(values: readonly number[]) {
  const [p50, p90, p95, p99] = [0.5, 0.9, 0.95, 0.99].map((share) => ranked(values, share));
  return { count: values.length, avg: average(values), p50, p90, p95, p99, max: largest(values) };
}

export const durations = (runs: readonly Shown[]) =>
  runs.flatMap((run) => (run.isConclusive ? (run.runtime ?? []) : []));
export const queues = (runs: readonly Shown[]) =>
  runs.flatMap(({ status, conclusion, queue }) => {
    const hasStarted = status === "in_progress" || status === "completed";
    return hasStarted && conclusion !== "skipped" && conclusion !== "action_required" ? queue : [];
  });
