import * as z from "zod";
import type { GithubId } from "../../../db/schema/github-id.ts";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { Id } from "./id.ts";
import { systemOfJob } from "./job-system.ts";
import { Repository } from "./repository.ts";
import { rankOf, statusOrDefault } from "./status.ts";
import { OptionalInstant } from "./timestamps.ts";
import { Attempt } from "./workflow-run.ts";

/** A job as webhooks and REST send it; checked as far as rows need it, kept whole. */
export const Job = z.looseObject({
  id: Id,
  run_id: Id,
  run_attempt: Attempt,
  name: z.string().nullish(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  created_at: OptionalInstant,
  started_at: OptionalInstant,
  completed_at: OptionalInstant,
  labels: z.array(z.string()).nullish(),
  runner_id: Id.nullish(),
  runner_name: z.string().nullish(),
  runner_group_name: z.string().nullish(),
});
type Job = z.infer<typeof Job>;

/** `workflow_job`, every action (contract section 3). */
export const WorkflowJobEvent = z.looseObject({ workflow_job: Job, repository: Repository });

/**
 * Whether a job really started in its attempt (section 4): GitHub fills started_at of queued, skipped and never-assigned jobs
 * too, and a re-run lists the jobs that had passed once more, as of the earlier attempt.
 */
function reallyStarted(job: Job, status: string): boolean {
  if (status !== "in_progress" && status !== "completed") return false;
  if (job.conclusion === "skipped" || isCarriedOver(job)) return false;
  return !(job.conclusion === "cancelled" && !job.runner_id);
}

/** A job of an earlier attempt ended before the attempt that lists it again had made it. */
function isCarriedOver({ created_at, completed_at }: Job): boolean {
  return created_at !== null && completed_at !== null && completed_at <= created_at;
}

/** One snapshot of one job. `sent` is kept as it came. */
export function factsOfJob(
  job: Job,
  sent: Record<string, unknown>,
  repoId: GithubId,
  arrival: string,
): Partial<GithubFacts> {
  const status = statusOrDefault(job.status, job.conclusion);
  const started = reallyStarted(job, status);
  const labels = job.labels ?? [];
  return {
    jobs: [
      {
        jobId: job.id,
        runId: job.run_id,
        repoId,
        attempt: job.run_attempt,
        name: job.name ?? "",
        status,
        conclusion: job.conclusion ?? null,
        rank: rankOf(status),
        createdAt: job.created_at,
        startedAt: started ? job.started_at : null,
        endedAt: started && status === "completed" ? job.completed_at : null,
        os: systemOfJob(labels, job.runner_name, job.runner_group_name),
        labels,
        runnerId: job.runner_id ?? null,
        runnerName: job.runner_name ?? null,
        runnerGroup: job.runner_group_name ?? null,
        arrival,
        snapshot: sent,
      },
    ],
  };
}
