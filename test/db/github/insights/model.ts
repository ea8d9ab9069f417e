import { attemptsOf, committedAt, iso, jobsOf, NOW, shaOf, workflowNameOf } from "./made-runs.ts";
import {
  average,
  countOf,
  durations,
  FAILING,
  HOUR,
  largest,
  QUEUED,
  queues,
  ranked,
  rate,
  type Shown,
  type Span,
  spread,
  within,
} from "./shown-runs.ts";

/** The insights said once more in plain words, to be held against what the database computes (contract section 8). */

export function summary(all: readonly Shown[], span: Span) {
  const runs = within(all, span);
  const success = countOf(runs, (run) => run.conclusion === "success");
  const failure = countOf(runs, (run) => run.isFailing);
  const named = ["success", "cancelled", "skipped", ...FAILING];
  const before = all.filter(({ created }) => created < span.until);
  const isStuck = (run: Shown) => run.updated === run.created && NOW - run.created > 36 * HOUR;
  const present = before.filter((run) => run.status !== "completed" && !isStuck(run));
  const waiting = present.filter((run) => QUEUED.includes(run.status));
  const pushes = before.filter(({ run }) => run.event === "push").map(({ created }) => created);
  return {
    total_count: runs.length,
    success,
    failure,
    cancelled: countOf(runs, (run) => run.conclusion === "cancelled"),
    skipped: countOf(runs, (run) => run.conclusion === "skipped"),
    other: countOf(runs, (run) => run.status === "completed" && !named.includes(run.conclusion ?? "")),
    in_progress: countOf(runs, (run) => run.status === "in_progress"),
    queued: countOf(runs, (run) => QUEUED.includes(run.status)),
    success_rate: rate(success, failure),
    reruns: runs.reduce((sum, run) => sum + run.attempt - 1, 0),
    flaky_runs: countOf(runs, (run) => run.isFlaky),
    duration: spread(durations(runs)),
    queue: spread(queues(runs)),
    queued_now: waiting.length,
    running_now: countOf(present, (run) => run.status === "in_progress"),
    longest_queued_seconds: largest(waiting.map((run) => Math.max(0, span.until - run.reference) / 1_000)),
    last_push_at: pushes.length === 0 ? null : iso(Math.max(...pushes)),
  };
}

/** First instant of the hour, day or week; 1970 began on a Thursday. */
function floor(ms: number, bucket: "hour" | "day" | "week"): number {
  const length = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR }[bucket];
  const shift = bucket === "week" ? 72 * HOUR : 0;
  return Math.floor((ms + shift) / length) * length - shift;
}

export function timeseries(all: readonly Shown[], span: Span, bucket: "hour" | "day" | "week") {
  const buckets = [];
  const length = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR }[bucket];
  for (let start = floor(span.since, bucket); start < span.until && span.since < span.until; start += length) {
    const runs = within(all, span).filter(({ created }) => floor(created, bucket) === start);
    const success = countOf(runs, (run) => run.conclusion === "success");
    const failure = countOf(runs, (run) => run.isFailing);
    buckets.push({
      start: iso(start),
      total_count: runs.length,
      success,
      failure,
      cancelled: countOf(runs, (run) => run.conclusion === "cancelled"),
      flaky: countOf(runs, (run) => run.isFlaky),
      success_rate: rate(success, failure),
      avg_duration: average(durations(runs)),
      p90_duration: ranked(durations(runs), 0.9),
      avg_queue: average(queues(runs)),
      max_queue: largest(queues(runs)),
    });
  }
  return buckets;
}

const byName = (a: string | null, b: string | null) => (a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1);

export function queueTimes(all: readonly Shown[], span: Span, groupBy: "os" | "workflow" | "runner_group") {
  const groups = new Map<string | null, number[]>();
  const names = new Map<string, string>();
  for (const { run, workflowId } of within(all, span))
    for (const attempt of attemptsOf(run))
      for (const job of jobsOf(run, attempt).filter(({ hasStarted }) => hasStarted)) {
        const os = job.system === "none" ? null : job.system;
        const name = { os, workflow: String(workflowId), runner_group: job.group || null }[groupBy];
        if (groupBy === "workflow") names.set(String(workflowId), workflowNameOf(run));
        groups.set(name, [...(groups.get(name) ?? []), Math.max(0, job.waitSeconds)]);
      }
  const isShared = (name: string) => [...names.values()].filter((one) => one === name).length > 1;
  const shown = (group: string | null) => {
    const name = group === null ? undefined : names.get(group);
    return name === undefined || isShared(name) ? group : name;
  };
  return [...groups]
    .map(([group, waits]) => ({ group: shown(group), ...spread(waits) }))
    .sort((a, b) => b.count - a.count || byName(a.group, b.group));
}

export function flaky(all: readonly Shown[], span: Span) {
  const runs = within(all, span);
  const found = [...new Set(runs.map(({ workflowId }) => workflowId))].map((workflowId) => {
    const own = runs.filter((run) => run.workflowId === workflowId);
    const ends = new Map<string, (string | null)[]>();
    for (const { run, ends: some } of own)
      ends.set(shaOf(run.commit), [...(ends.get(shaOf(run.commit)) ?? []), ...some]);
    const judged = [...ends.values()].map((some) => ({
      failed: some.some((end) => FAILING.includes(end ?? "")),
      passed: some.includes("success"),
    }));
    const commits = judged.filter(({ failed, passed }) => failed || passed).length;
    const flakyCommits = judged.filter(({ failed, passed }) => failed && passed).length;
    const reruns = own.reduce((sum, { attempt }) => sum + attempt - 1, 0);
    return {
      workflow_id: workflowId,
      commits,
      flaky_commits: flakyCommits,
      flake_rate: flakyCommits / commits,
      reruns,
    };
  });
  return found
    .filter(({ flaky_commits }) => flaky_commits > 0)
    .sort((a, b) => b.flaky_commits - a.flaky_commits || a.workflow_id - b.workflow_id);
}

const newestFirst = (a: Shown, b: Shown) => b.created - a.created || b.id - a.id;
const isOwn = ({ run }: Shown) => !run.isFork;

export function failures(all: readonly Shown[], until: number) {
  const verdicts = all.filter((run) => isOwn(run) && run.isConclusive && run.created < until).sort(newestFirst);
  return [...new Set(verdicts.map(({ workflowId }) => workflowId))]
    .map((workflowId) => {
      const own = verdicts.filter((run) => run.workflowId === workflowId);
      const passed = own.findIndex((run) => !run.isFailing);
      const streak = passed === -1 ? own : own.slice(0, passed);
      const first = streak.at(-1);
      return {
        workflow_id: workflowId,
        state: streak.length > 0 ? "failing" : "passing",
        consecutive_failures: streak.length,
        latest_run_id: own[0]?.id,
        failing_since: first === undefined ? null : iso(first.created),
        first_failure_sha: first === undefined ? null : shaOf(first.run.commit),
        last_success_sha: passed === -1 ? null : shaOf(own[passed]?.run.commit ?? -1),
      };
    })
    .sort((a, b) => b.consecutive_failures - a.consecutive_failures || a.workflow_id - b.workflow_id);
}

const RESULTS: Record<string, string> = { success: "O", cancelled: "-", skipped: "~", neutral: "~" };

export function waterfall(all: readonly Shown[]) {
  const own = all.filter(isOwn).sort(newestFirst);
  return [...new Set(own.map(({ run }) => run.commit))]
    .sort((a, b) => committedAt(b) - committedAt(a) || b - a)
    .map((commit) => {
      const cells = new Map<string, string>();
      for (const { run, workflowId, conclusion, isFailing, isFlaky, id } of own)
        if (run.commit === commit && !cells.has(String(workflowId)))
          cells.set(String(workflowId), `${id} ${isFailing ? "X" : (RESULTS[conclusion ?? ""] ?? "?")} ${isFlaky}`);
      return { sha: shaOf(commit), time: iso(committedAt(commit)), cells: Object.fromEntries(cells) };
    });
}
