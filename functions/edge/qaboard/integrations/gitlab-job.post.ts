import { z } from "@hono/zod-openapi";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { rawResponse } from "../http/raw-response.ts";
import { findJobs, GITLAB_RESPONSES, GitlabProject, gitlabProject } from "./gitlab-jobs.ts";
import { passOn } from "./passed-on.ts";

const Body = z
  .looseObject({
    ...GitlabProject,
    job_id: z.union([z.int(), z.string()]).nullish().openapi({ description: "number of the job" }),
    commit_id: z.string().nullish().openapi({ description: "hash of the commit, without job_id" }),
    job_name: z.string().nullish().openapi({ description: "name of the job, without job_id; the last one counts" }),
  })
  .openapi("QaboardGitlabJob");

/** Shows a job (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/gitlab/job/",
    operationId: "findQaboardGitlabJob",
    summary: "A job of a commit",
    tags: ["QA-Board integrations"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: GITLAB_RESPONSES,
  },
  access: writer,
  handler: async (c, { body }) => {
    const asks = gitlabProject(body, c.env.config);
    const { job_id, commit_id, job_name } = body;
    const given = job_id ?? undefined;
    if (given === undefined && (!commit_id || !job_name))
      return answerError(c, 400, "Send job_id, or commit_id and job_name.");
    const id = given ?? (await findJobs(asks, commit_id ?? "", job_name ?? "")).at(-1) ?? "";
    const answer = await asks("GET", `/jobs/${encodeURIComponent(id)}`);
    return rawResponse(passOn(answer, "text/html; charset=utf-8"));
  },
});
