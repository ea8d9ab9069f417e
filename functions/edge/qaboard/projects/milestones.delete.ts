import { removeMilestone } from "../../../../db/upserts/qaboard/milestones.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { jsonObject } from "../http/json-object.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { answerRemoved, KeyBody, MILESTONES_AND_KEYS } from "./milestones.ts";

/** Removes a milestone (contract section 7). */
export const route = defineRoute({
  contract: {
    method: "delete",
    path: "/api/v1/project/milestones/",
    operationId: "removeQaboardMilestone",
    summary: "Remove a milestone of a project",
    tags: ["QA-Board projects"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: KeyBody } } } },
    responses: MILESTONES_AND_KEYS,
  },
  access: writer,
  handler: async (c, { body: { project, key } }) =>
    answerRemoved(c, await retryOnRollback(() => removeMilestone(c.env.db, { project, key })), key),
});
