import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { cors } from "hono/cors";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { ResponseTooLarge } from "../../../db/queries/bounded-rows.ts";
import type { Env } from "../env.ts";
import { edgeCache } from "../http/edge-cache.ts";
import { answerFailure } from "../http/failure.ts";
import * as branch from "./branches/branch.get.ts";
import * as branches from "./branches/branches.get.ts";
import * as commit from "./commits/commit.get.ts";
import * as commits from "./commits/commits.get.ts";
import { dashboardRoutes } from "./dashboards/routes.ts";
import { documentedReads } from "./http/documented.ts";
import { githubError } from "./http/errors.ts";
import { mayRead } from "./http/may-read.ts";
import { RATE_HEADERS, rateHeaders } from "./http/rate.ts";
import * as failures from "./insights/failures.get.ts";
import * as flaky from "./insights/flaky.get.ts";
import * as queueTimes from "./insights/queue-times.get.ts";
import * as summary from "./insights/summary.get.ts";
import * as timeseries from "./insights/timeseries.get.ts";
import * as waterfall from "./insights/waterfall.get.ts";
import * as job from "./jobs/job.get.ts";
import * as runAttemptJobs from "./jobs/run-attempt-jobs.get.ts";
import * as runJobs from "./jobs/run-jobs.get.ts";
import * as rateLimit from "./repositories/rate-limit.get.ts";
import * as repository from "./repositories/repository.get.ts";
import * as run from "./runs/run.get.ts";
import * as runArtifacts from "./runs/run-artifacts.get.ts";
import * as runAttempt from "./runs/run-attempt.get.ts";
import * as runs from "./runs/runs.get.ts";
import * as workflowRuns from "./runs/workflow-runs.get.ts";
import { taskRoutes } from "./tasks/routes.ts";
import * as webhook from "./webhook/webhook.post.ts";
import { webhookAlias } from "./webhook/webhook-alias.ts";
import * as workflow from "./workflows/workflow.get.ts";
import * as workflows from "./workflows/workflows.get.ts";

/** Where a repository is found: by name, and by id once it was renamed. */
const REPOSITORY = ["/repos/:owner/:repo", "/repositories/:repository_id"];

/** Path, contract and answer. */
type Read = [path: string, route: RouteConfig, handler: (c: Context<Env>) => Promise<Response>];

/** What is read below a repository. */
const READS: readonly Read[] = [
  ["", repository.route, repository.handler],
  ["/branches", branches.route, branches.handler],
  ["/branches/:branch{.+}", branch.route, branch.handler],
  ["/commits", commits.route, commits.handler],
  ["/commits/:sha{.+}", commit.route, commit.handler],
  ["/actions/workflows", workflows.route, workflows.handler],
  ["/actions/workflows/:workflow_id", workflow.route, workflow.handler],
  ["/actions/workflows/:workflow_id/runs", workflowRuns.route, workflowRuns.handler],
  ["/actions/runs", runs.route, runs.handler],
  ["/actions/runs/:run_id", run.route, run.handler],
  ["/actions/runs/:run_id/artifacts", runArtifacts.route, runArtifacts.handler],
  ["/actions/runs/:run_id/attempts/:attempt_number", runAttempt.route, runAttempt.handler],
  ["/actions/runs/:run_id/jobs", runJobs.route, runJobs.handler],
  ["/actions/runs/:run_id/attempts/:attempt_number/jobs", runAttemptJobs.route, runAttemptJobs.handler],
  ["/actions/jobs/:job_id", job.route, job.handler],
  ["/actions/insights/summary", summary.route, summary.handler],
  ["/actions/insights/timeseries", timeseries.route, timeseries.handler],
  ["/actions/insights/waterfall", waterfall.route, waterfall.handler],
  ["/actions/insights/flaky", flaky.route, flaky.handler],
  ["/actions/insights/queue-times", queueTimes.route, queueTimes.handler],
  ["/actions/insights/failures", failures.route, failures.handler],
];

const CORS = {
  origin: "*",
  allowMethods: ["GET", "HEAD", "OPTIONS"],
  exposeHeaders: ["ETag", "Link", "Location", "X-Request-Id", ...RATE_HEADERS],
  maxAge: 86_400,
};
const KEPT_BY_304 = [...RETAINED_304_HEADERS, "access-control-allow-origin", "access-control-expose-headers", "link"];

/** Everything under /github, in the contract's order. */
export function githubRoutes(): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  app.onError((error, c) =>
    error instanceof ResponseTooLarge ? githubError(c, 422, error.message) : answerFailure(error, c),
  );
  app.openAPIRegistry.registerPath(webhook.route);
  app.post("/webhook", webhook.handler);
  app.route("/webhooks/github", webhookAlias("receiveGithubWebhookAtAlias"));

  for (const path of ["/repos/*", "/repositories/*", "/rate_limit"])
    app.use(path, cors(CORS), rateHeaders, mayRead, etag({ weak: true, retainedHeaders: KEPT_BY_304 }));
  for (const place of REPOSITORY) app.use(`${place}/actions/insights/*`, edgeCache);
  for (const [path, route, handler] of READS) {
    for (const read of documentedReads(route)) app.openAPIRegistry.registerPath(read);
    for (const place of REPOSITORY) app.get(place + path, handler);
  }
  for (const read of documentedReads(rateLimit.route)) app.openAPIRegistry.registerPath(read);
  app.get("/rate_limit", rateLimit.handler);

  app.route("/", taskRoutes());
  app.route("/api", dashboardRoutes());
  return app;
}
