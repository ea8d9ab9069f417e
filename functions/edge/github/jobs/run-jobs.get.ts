import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { jobsOfRun } from "../../../../db/queries/github/jobs.ts";
import type { Env } from "../../env.ts";
import { answerIn, countedAnswer } from "../http/answers.ts";
import { ERRORS, INVALID, notFound } from "../http/errors.ts";
import { idOf, PageQuery, RunParams, readQuery, repoOf } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Job } from "../http/schemas.ts";

const Query = z.object({
  filter: z
    .enum(["latest", "all"])
    .default("latest")
    .openapi({ description: "jobs of the newest attempt, or of every attempt" }),
  ...PageQuery.shape,
});
const Answer = z.object({ total_count: z.int(), jobs: z.array(Job) });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
  operationId: "listGithubJobs",
  summary: "List the jobs of a workflow run",
  description: "By id.",
  tags: ["GitHub"],
  request: { params: RunParams, query: Query },
  responses: { ...listResponse("a page of jobs", Answer), ...ERRORS, ...INVALID },
});

/** Answers with a page of a run's jobs. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Query, "WorkflowJob");
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const asked = { repo: repoOf(c), runId: idOf(c.req.param("run_id")), attempt: read.query.filter, page };
  const jobs = await jobsOfRun(c.env.db, asked);
  return answerIn(c, jobs, (found) => (found.known ? countedAnswer(c, "jobs", found, page) : notFound(c)));
}
