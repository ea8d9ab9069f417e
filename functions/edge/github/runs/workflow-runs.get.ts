import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { ERRORS, INVALID } from "../http/errors.ts";
import { WorkflowParams, workflowRefOf } from "../http/parameters.ts";
import { listResponse } from "../http/responses.ts";
import { Run } from "../http/schemas.ts";
import { answerRuns } from "./run-list.ts";
import { RunsQuery } from "./runs-query.ts";

const Answer = z.object({ total_count: z.int(), workflow_runs: z.array(Run) });

/** Contract section 7. */
export const route = createRoute({
  method: "get",
  path: "/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
  operationId: "listGithubWorkflowRuns",
  summary: "List the runs of a workflow",
  description: "Newest first, with the filters of all runs.",
  tags: ["GitHub"],
  request: { params: WorkflowParams, query: RunsQuery },
  responses: { ...listResponse("a page of runs", Answer), ...ERRORS, ...INVALID },
});

/** Answers with a page of a workflow's runs. */
export async function handler(c: Context<Env>): Promise<Response> {
  return await answerRuns(c, workflowRefOf(c.req.param("workflow_id")));
}
