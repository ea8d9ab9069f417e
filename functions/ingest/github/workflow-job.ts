import * as z from "zod";
import type { GithubFacts } from "../../../db/upserts/github/facts.ts";
import { systemOfJob } from "./job-system.ts";
import { Repository } from "./repository.ts";
import { OptionalInstant } from "./timestamps.ts";
import { rankOf } from "./workflow-run.ts";

/** A job as webhooks and REST send it; checked as far as rows need it, kept whole. */
export const Job = z.looseObject({
  id: z.int(),
  run_id: z.int(),
  run_attempt: z.int().positive().max(1_000_000).default(1),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  created_at: OptionalInstant,
  started_at: OptionalInstant,
  completed_at: OptionalInstant,
  labels: z.array(z.string()).nullish(),
  runner_id: z.int().nullish(),
  runner_name: z.string().nullish(),
  runner_group_name: z.string().nullish(),
});
type Job = z.infer<typeof Job>;

/** `workflow_job`, every action (contract section 3). */
export const WorkflowJobEvent = z.looseObject({ workflow_job: Job, repository: Repository });

/** GitHub fills started_at of queued, skipped and never-assigned jobs too; only these really started (section 4). */
function reallyStarted({ status, conclusion, runner_id }: Job): boolean {
  if (status !== "in_progress" && status !== "completed") return false;
  if (conclusion === "skipped") return false;
  return !(conclusion === "cancelled" && !runner_id);
}

/** One snapshot of one job. `sent` is kept as it came. */
export function factsOfJob(
  job: Job,
  sent: Record<string, unknown>,
  repoId: number,
  arrival: string,
): Partial<GithubFacts> {
  const started = reallyStarted(job);
  const labels = job.labels ?? [];
  return {
    jobs: [
      {
        jobId: job.id,
        runId: job.run_id,
        repoId,
        attempt: job.run_attempt,
        name: job.name,
        status: job.status,
        conclusion: job.conclusion ?? null,
        rank: rankOf(job.status),
        createdAt: job.created_at,
        startedAt: started ? job.started_at : null,
        endedAt: started && job.status === "completed" ? job.completed_at : null,
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
