import { findMilestones } from "../../../../db/queries/qaboard/milestones.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { jsonObject } from "../http/json-object.ts";
import { MILESTONES, ProjectBody, unknownProject } from "./milestones.ts";

/** Lists the milestones of a project, which the body names (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/project/milestones/",
    operationId: "listQaboardMilestones",
    summary: "List the milestones of a project",
    tags: ["QA-Board projects"],
    security: READ,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: ProjectBody } } } },
    responses: MILESTONES,
  },
  access: reader,
  handler: async (c, { body: { project } }) => {
    const milestones = await findMilestones(c.env.db, project);
    return milestones === undefined ? unknownProject(c) : renderedJson(c, 200, milestones);
  },
});
