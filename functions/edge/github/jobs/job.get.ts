import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { jobOf } from "../../../../db/queries/github/jobs.ts";
import type { Env } from "../../env.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { ERRORS, notFound } from "../http/errors.ts";
import { idOf, RepoParams, repoOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Job } from "../http/schemas.ts";

const Params = RepoParams.extend({
  job_id: z.string().openapi({ description: "id of the job", example: "40200001480" }),
});

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/jobs/{job_id}",
  operationId: "getGithubJob",
  summary: "Get a job",
  tags: ["GitHub"],
  request: { params: Params },
  responses: { ...oneResponse("the job", Job), ...ERRORS },
});

/** Answers with a job. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await jobOf(c.env.db, { repo: repoOf(c), jobId: idOf(c.req.param("job_id")) });
  return answerIn(c, found, ({ job }) => (job === null ? notFound(c) : jsonAnswer(c, job)));
}
