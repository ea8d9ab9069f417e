import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { workflowOf } from "../../../../db/queries/github/workflows.ts";
import type { Env } from "../../env.ts";
import { answerIn, jsonAnswer } from "../http/answers.ts";
import { ERRORS, notFound } from "../http/errors.ts";
import { repoOf, WorkflowParams, workflowRefOf } from "../http/parameters.ts";
import { oneResponse } from "../http/responses.ts";
import { Workflow } from "../http/schemas.ts";

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/workflows/{workflow_id}",
  operationId: "getGithubWorkflow",
  summary: "Get a workflow",
  tags: ["GitHub"],
  request: { params: WorkflowParams },
  responses: { ...oneResponse("the workflow", Workflow), ...ERRORS },
});

/** Answers with a workflow. */
export async function handler(c: Context<Env>): Promise<Response> {
  const found = await workflowOf(c.env.db, { repo: repoOf(c), workflow: workflowRefOf(c.req.param("workflow_id")) });
  return answerIn(c, found, ({ workflow }) => (workflow === null ? notFound(c) : jsonAnswer(c, workflow)));
}
