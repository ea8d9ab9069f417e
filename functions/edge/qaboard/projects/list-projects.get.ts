import { z } from "@hono/zod-openapi";
import { listProjects } from "../../../../db/queries/qaboard/projects.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";

const Project = z
  .object({
    data: z.looseObject({}).openapi({ description: "git, milestones, and the part `project` of qatools_config" }),
    latest_output_datetime: z.string().nullable().openapi({ description: "UTC without zone" }),
    latest_commit_datetime: z.string().nullable().openapi({ description: "when the newest commit was authored" }),
    total_commits: z.int().min(1).openapi({ description: "with or without batches" }),
  })
  .openapi("QaboardProject");

/** Lists the projects that have commits (contract section 5.1). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/projects",
    operationId: "listQaboardProjects",
    summary: "List projects that have commits, by id",
    tags: ["QA-Board projects"],
    security: READ,
    responses: {
      200: {
        description: "the projects by id, in the order of their lower-case ids",
        content: { "application/json": { schema: z.record(z.string(), Project) } },
      },
      ...ERRORS,
    },
  },
  access: reader,
  handler: async (c) => renderedJson(c, 200, await listProjects(c.env.db)),
});
