import type * as z from "zod";
import { GITHUB_LIMITS, type GithubCommit } from "../../../../db/queries/commits/github.ts";
import { readConclusion } from "../../../verdicts/outcome.ts";
import { judge, judgeFailure } from "../../../verdicts/verdict.ts";
import { byUrgency, countVerdicts } from "./counts.ts";
import type { GithubPart, JudgedSeries } from "./shape.ts";

type Run = GithubCommit["runs"][number];
type Attempt = GithubCommit["attempts"][number];

const repositoryPath = (name: string) => `/github/repos/${name.split("/").map(encodeURIComponent).join("/")}`;
const runPath = (run: Run) => `${repositoryPath(run.repository)}/actions/runs/${run.runId}`;

/** What GitHub's tables know of a commit: its runs, and every job judged over its attempts and repeats. */
export function githubPart(found: GithubCommit): z.infer<typeof GithubPart> {
  const runs = new Map(found.runs.map((run) => [run.runId, run]));
  const ended = found.attempts.flatMap((attempt) => {
    const run = runs.get(attempt.runId);
    return run === undefined ? [] : [{ attempt, run }];
  });
  const earlier = Map.groupBy(found.earlier, (one) => seriesKey(one, one.name));
  const series = Map.groupBy(ended, ({ run, attempt }) => seriesKey(run, attempt.name));
  const jobs = [...series].map(([key, attempts]) => judgeJob(attempts, earlier.get(key) ?? [])).sort(byUrgency);
  return {
    access: "granted",
    runs: found.runs.map((run) => ({
      repository: run.repository,
      workflow: run.name,
      event: run.event,
      branch: run.branch,
      status: run.status,
      conclusion: run.conclusion,
      attempt: run.attempt,
      queue_seconds: run.queue_seconds,
      run_seconds: run.run_seconds,
      created_at: run.created_at,
      url: runPath(run),
    })),
    counts: countVerdicts(jobs),
    jobs,
    truncated: found.runs.length === GITHUB_LIMITS.runs || found.attempts.length === GITHUB_LIMITS.attempts,
  };
}

/** A run without a workflow is a series by itself. */
function seriesKey(run: Pick<Run, "repoId" | "workflowId" | "event"> & { runId?: number }, name: string): string {
  return JSON.stringify([run.repoId, run.workflowId ?? `run ${run.runId}`, run.event, name]);
}

function judgeJob(attempts: readonly { run: Run; attempt: Attempt }[], earlier: GithubCommit["earlier"]): JudgedSeries {
  const outcomes = attempts.map(({ attempt }) => readConclusion(attempt.conclusion, attempt.hadRunner));
  const verdict = judge(outcomes) ?? null;
  const history = earlier.map((one) => ({ commit: one.sha, outcome: readConclusion(one.conclusion, one.hadRunner) }));
  const last = attempts.at(-1);
  const event = last?.run.event ?? "unknown event";
  return {
    kind: "job",
    name: last?.attempt.name || "whole run",
    environment: `${last?.run.repository}, ${last?.run.name ?? "no workflow"}, ${event}`,
    verdict,
    standing: verdict === "fail" ? judgeFailure(history) : null,
    queue_seconds: last?.attempt.queue_seconds ?? null,
    run_seconds: last?.attempt.run_seconds ?? null,
    metrics: [],
    evidence: attempts.map(({ run, attempt }, nth) => ({
      outcome: outcomes[nth] ?? null,
      label: `run ${run.runId}, attempt ${attempt.attempt}`,
      url: attempt.jobId === null ? runPath(run) : `${repositoryPath(run.repository)}/actions/jobs/${attempt.jobId}`,
    })),
  };
}
