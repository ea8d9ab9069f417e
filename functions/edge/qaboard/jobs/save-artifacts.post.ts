import { z } from "@hono/zod-openapi";
import { startSaveArtifacts } from "../../../../db/upserts/qaboard/jobs.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, textResponse } from "../http/responses.ts";
import { sendJob } from "./send-job.ts";

const Body = z
  .looseObject({
    hexsha: z.string().min(1).max(200).openapi({ description: "the commit's whole hash" }),
    project: z.string().min(1).max(500).openapi({ description: "id of the project" }),
  })
  .openapi("QaboardSaveArtifacts");

/** Has a runner save the artifacts of a commit again (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/commit/save-artifacts/",
    operationId: "saveQaboardArtifacts",
    summary: "Save a commit's artifacts again",
    tags: ["QA-Board commits"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: { 200: textResponse("`OK`, also when no commit was found"), ...ERRORS },
  },
  access: writer,
  handler: async (c, { body: { hexsha, project } }) => {
    for (const jobId of await startSaveArtifacts(c.env.db, hexsha, project)) await sendJob(c, jobId);
    return answerText(c, 200, "OK");
  },
});
