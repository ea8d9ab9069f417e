import { z } from "@hono/zod-openapi";
import { findProjectData } from "../../../../db/queries/qaboard/projects.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { Project } from "../http/parameters.ts";

/** Reads what is known of a project (contract section 5.2). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/project",
    operationId: "findQaboardProject",
    summary: "Get the data of a project",
    tags: ["QA-Board projects"],
    security: READ,
    request: { query: z.object({ project: Project }) },
    responses: {
      200: {
        description: "git, qatools_config, qatools_metrics, milestones",
        content: { "application/json": { schema: z.looseObject({}) } },
      },
      ...ERRORS,
      404: errorResponse("no such project"),
    },
  },
  access: reader,
  handler: async (c, { query: { project } }) => {
    const data = await findProjectData(c.env.db, project);
    return data === undefined ? answerError(c, 404, `There is no project ${project}.`) : renderedJson(c, 200, data);
  },
});
