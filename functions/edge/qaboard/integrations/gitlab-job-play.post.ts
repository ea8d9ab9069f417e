import { z } from "@hono/zod-openapi";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { jsonObject } from "../http/json-object.ts";
import { rawResponse } from "../http/raw-response.ts";
import { findJobs, GITLAB_RESPONSES, GitlabProject, gitlabProject } from "./gitlab-jobs.ts";
import { passOn } from "./passed-on.ts";

const Body = z
  .looseObject({
    ...GitlabProject,
    commit_id: z.string().openapi({ description: "hash of the commit" }),
    job_name: z.string().openapi({ description: "name of the job; the first one counts" }),
  })
  .openapi("QaboardGitlabPlay");

/** Plays a manual job (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/gitlab/job/play/",
    operationId: "playQaboardGitlabJob",
    summary: "Play a job of a commit",
    tags: ["QA-Board integrations"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: GITLAB_RESPONSES,
  },
  access: writer,
  handler: async (c, { body }) => {
    const asks = gitlabProject(body, c.env.config);
    const [id = 0] = await findJobs(asks, body.commit_id, body.job_name);
    const answer = await asks("POST", `/jobs/${id}/play`);
    return rawResponse(passOn(answer, "text/html; charset=utf-8"));
  },
});
