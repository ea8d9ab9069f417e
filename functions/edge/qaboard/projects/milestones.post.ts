import { removeMilestone, storeMilestone } from "../../../../db/upserts/qaboard/milestones.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { answerRemoved, MILESTONES_AND_KEYS, MilestoneBody, unknownProject } from "./milestones.ts";

/** Stores a milestone, or removes it (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/project/milestones/",
    operationId: "storeQaboardMilestone",
    summary: "Store a milestone of a project",
    tags: ["QA-Board projects"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: MilestoneBody } } } },
    responses: MILESTONES_AND_KEYS,
  },
  access: writer,
  handler: async (c, { body, text }) => {
    const { project, key } = body;
    if (body.delete === true || body.delete === "true")
      return answerRemoved(c, await retryOnRollback(() => removeMilestone(c.env.db, { project, key })), key);
    if (!("milestone" in body)) throw new ApiError(400, "milestone is missing.");
    const stored = await retryOnRollback(() => storeMilestone(c.env.db, { project, key, text }));
    return stored === undefined ? unknownProject(c) : renderedJson(c, 200, stored.json);
  },
});
