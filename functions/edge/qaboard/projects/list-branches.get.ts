import { z } from "@hono/zod-openapi";
import { listBranches } from "../../../../db/queries/qaboard/projects.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { Project } from "../http/parameters.ts";

/** Lists the branches of a project's commits (contract section 5.3). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/project/branches",
    operationId: "listQaboardBranches",
    summary: "List the branches of a project's commits",
    tags: ["QA-Board projects"],
    security: READ,
    request: { query: z.object({ project: Project.default("") }) },
    responses: {
      200: {
        description: "their names as they were sent, sorted; none of an unknown project",
        content: { "application/json": { schema: z.array(z.string()) } },
      },
      ...ERRORS,
    },
  },
  access: reader,
  handler: async (c, { query: { project } }) => renderedJson(c, 200, await listBranches(c.env.db, project)),
});
