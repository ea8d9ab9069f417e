import { findJob, type Job } from "../../../db/queries/qaboard/job.ts";
import { type JobOutcome, settleJob } from "../../../db/upserts/qaboard/jobs.ts";
import { OutboundError } from "../../messages/outbound.ts";
import { RunJobMessage } from "../../messages/run-job.ts";
import { taskBody } from "../../messages/task-message.ts";
import { backoffSeconds } from "../outcome.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";
import { openRunner } from "./runners.ts";

/** So often a runner is asked that does not answer, or has too much to do. */
const MAX_ATTEMPTS = 5;

/** Hands a job to the runner of the settings; a job that none takes has failed, with the reason. */
export const runJob: Task = async (delivery, resources) => {
  const asked = parsed(RunJobMessage, storableJson(textOf(delivery.body)));
  const { db, config } = resources;
  const job = await findJob(db, asked.jobId);
  if (job?.state !== "waiting") return;
  const settle = (outcome: JobOutcome) => settleJob(db, asked.jobId, outcome);
  const runner = openRunner(config);
  if (runner === undefined) return await settle({ state: "failed", runner: null, reason: "no runner is set" });
  const answered = await runner
    .hand({ id: `qaboard-job-${asked.jobId}`, json: jobJson(asked.jobId, job) })
    .catch(unanswered);
  if (typeof answered === "number" && answered >= 200 && answered < 300)
    return await settle({ state: "taken", runner: runner.name, reason: null });
  const reason = typeof answered === "number" ? `the runner answered ${answered}` : "the runner does not answer";
  const mayPass = typeof answered !== "number" || answered >= 500 || answered === 429 || answered === 408;
  if (!mayPass || asked.attempt >= MAX_ATTEMPTS) return await settle({ state: "failed", runner: runner.name, reason });
  const afterSeconds = backoffSeconds(asked.attempt, config.RETRY_BASE_SECONDS);
  await sendOn(delivery, resources, { afterSeconds, body: taskBody({ ...asked, attempt: asked.attempt + 1 }) });
};

/** What a runner gets. */
function jobJson(id: number, { kind, project, repository, commit, batch, request, outputs }: Job): string {
  const { outputs: _, ...rest } = request;
  const data = { job: id, project, repository, commit, batch, ...rest, outputs };
  return JSON.stringify({ type: `qaboard.${kind}`, timestamp: new Date().toISOString(), data });
}

function unanswered(error: unknown): undefined {
  if (error instanceof OutboundError) return undefined;
  throw error;
}
