import { findBatchPlace } from "../../../../db/queries/qaboard/job.ts";
import { startRedo } from "../../../../db/upserts/qaboard/jobs.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { Done, jsonResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { OutputId } from "../outputs/output.ts";
import { hasArtifacts } from "./artifacts.ts";
import { sendJob } from "./send-job.ts";

/** Has an output run again (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/output/redo/{id}/",
    operationId: "redoQaboardOutput",
    summary: "Run an output again",
    description: "The output is pending until its runner says otherwise; it fails when no runner takes it.",
    tags: ["QA-Board outputs"],
    security: WRITE,
    request: { params: OutputId },
    responses: {
      200: jsonResponse("queued", Done),
      ...ERRORS,
      404: errorResponse("no such output"),
      409: errorResponse("the commit's artifacts are not there"),
    },
  },
  access: writer,
  handler: async (c, { params: { id } }) => {
    const place = await findBatchPlace(c.env.db, { outputId: id });
    if (place === undefined) return answerError(c, 404, `There is no output ${id}.`);
    if (!(await hasArtifacts(c.env, place.project, place.hash)))
      return answerError(c, 409, "The commit's artifacts are not there. Run `qa save-artifacts` first.");
    const jobId = await retryOnRollback(() => startRedo(c.env.db, place.batchId, { outputId: id }));
    if (jobId !== undefined) await sendJob(c, jobId);
    return c.json({ status: "OK" as const }, 200);
  },
});
