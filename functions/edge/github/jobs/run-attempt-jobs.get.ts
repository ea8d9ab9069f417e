import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { jobsOfRun } from "../../../../db/queries/github/jobs.ts";
import type { Env } from "../../env.ts";
import { answerIn, countedAnswer } from "../http/answers.ts";
import { ERRORS, notFound } from "../http/errors.ts";
import { AttemptParams, attemptOf, idOf, PageQuery, readQuery, repoOf } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Job } from "../http/schemas.ts";

const Answer = z.object({ total_count: z.int(), jobs: z.array(Job) });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs",
  operationId: "listGithubAttemptJobs",
  summary: "List the jobs of an attempt",
  description: "By id.",
  tags: ["GitHub"],
  request: { params: AttemptParams, query: PageQuery },
  responses: { ...listResponse("a page of jobs", Answer), ...ERRORS },
});

/** Answers with a page of the jobs of one attempt. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, PageQuery, "WorkflowJob");
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const attempt = attemptOf(c.req.param("attempt_number"));
  const jobs = await jobsOfRun(c.env.db, { repo: repoOf(c), runId: idOf(c.req.param("run_id")), attempt, page });
  return answerIn(c, jobs, (found) => (found.known ? countedAnswer(c, "jobs", found, page) : notFound(c)));
}
