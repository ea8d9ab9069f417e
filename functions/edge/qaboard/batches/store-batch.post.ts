import { z } from "@hono/zod-openapi";
import { storeBatch } from "../../../../db/upserts/qaboard/batch.ts";
import { endIteration } from "../../../../db/upserts/qaboard/iterations.ts";
import { defineRoute } from "../../http/route.ts";
import { withCommit } from "../commits/commit-outcome.ts";
import { CommitFields, mandatory } from "../commits/posted-commit.ts";
import { outputFiles } from "../files/output-files.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError, BODY_ERRORS, ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { answerText, jsonResponse, textResponse } from "../http/responses.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";

const text = (description: string) => z.string().nullish().openapi({ description });

const Body = z
  .looseObject({
    ...CommitFields,
    batch_label: mandatory("label of the batch within its commit"),
    batch_dir: text("folder of the batch; without it the conventional one"),
    prefix_output_dir: text("the legacy name of batch_dir"),
    data: z
      .looseObject({
        optimization: z
          .unknown()
          .optional()
          .openapi({ description: "true at the end of an iteration of `qa optimize`" }),
        iteration: z.unknown().optional().openapi({ type: "integer", description: "its number" }),
        iteration_label: z.unknown().optional().openapi({ description: "label of its own batch" }),
        is_best_iter: z.unknown().optional().openapi({ description: "whether it is the best one so far" }),
      })
      .nullish()
      .openapi({ description: "merged into the batch's data" }),
    command: z
      .record(z.string(), z.unknown())
      .nullish()
      .openapi({ description: "commands by id, merged into data.commands" }),
  })
  .openapi("QaboardPostedBatch", { required: ["project", "git_commit_sha", "batch_label"] });

/** Creates or updates a batch (contract section 4.2). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/batch/",
    operationId: "storeQaboardBatch",
    summary: "Create or update a batch",
    tags: ["QA-Board batches"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: jsonResponse("stored", z.object({ status: z.literal("OK"), id: z.int() })),
      ...ERRORS,
      ...BODY_ERRORS,
      404: textResponse("the commit is not known and cannot be made, or its hash is ambiguous"),
    },
  },
  access: writer,
  handler: async (c, { body, text }) => {
    const { git_commit_sha: sha, project, batch_label: label } = body;
    if (!sha) throw new ApiError(400, "git_commit_sha is missing.");
    if (!project) throw new ApiError(400, "project is missing.");
    if (!label) throw new ApiError(400, "batch_label is missing.");
    const ended = readIteration(body.data ?? {});
    const batchDir = body.batch_dir ?? body.prefix_output_dir ?? null;
    const stored = await withCommit(c.env, { body: { ...body, project }, sha }, (commit) =>
      storeBatch(c.env.db, { text, commit, label, batchDir }),
    );
    if (stored.outcome !== "stored")
      return answerText(c, 404, `404 ERROR:\n (${project}): There is an issue with your commit id (${sha})`);
    const { id } = stored;
    if (ended !== undefined) {
      const folders = await retryOnRollback(() => endIteration(c.env.db, { batchId: id, ...ended }));
      await outputFiles(c.env).deleteFolders(folders);
    }
    return c.json({ status: "OK" as const, id }, 200);
  },
});

/** The iteration that a batch's data ends, if it does; throws an ApiError when it has no number. */
function readIteration(data: NonNullable<z.infer<typeof Body>["data"]> | Record<string, never>) {
  if (data.optimization !== true) return undefined;
  const { iteration, iteration_label: label, is_best_iter } = data;
  if (typeof iteration !== "number" || !Number.isSafeInteger(iteration))
    throw new ApiError(400, "data.iteration must be an integer.");
  if (is_best_iter === true && typeof label !== "string") throw new ApiError(400, "data.iteration_label is missing.");
  return { iteration: Math.min(iteration, 999_999_999), bestLabel: is_best_iter === true ? String(label) : undefined };
}
