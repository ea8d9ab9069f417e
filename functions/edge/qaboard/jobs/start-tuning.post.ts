import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { findProjectData } from "../../../../db/queries/qaboard/projects.ts";
import { ensureBatch, startTuning } from "../../../../db/upserts/qaboard/jobs.ts";
import type { Env } from "../../env.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError, ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { Project, segment } from "../http/parameters.ts";
import { jsonResponse } from "../http/responses.ts";
import { readBatchFiles } from "../tests/batch-files.ts";
import { readGroupNames } from "../tests/group-names.ts";
import { jsonString } from "../tests/groups.ts";
import { findTestCommit } from "../tests/test-commit.ts";
import { sendJob } from "./send-job.ts";
import { tuningCommand } from "./tuning-command.ts";

const text = (max: number, description: string) => z.string().max(max).nullish().openapi({ description });

const Body = z
  .looseObject({
    batch_label: z.string().min(1).max(500).openapi({ description: "label of the batch that gets the results" }),
    selected_group: text(500, "batch, alias or input to run"),
    groups: z.unknown().optional().openapi({ description: "names of saved groups to look at" }),
    platform: text(100, "as linux"),
    user: text(200, "who asks"),
    overwrite: z.unknown().optional().openapi({ description: "`on` or true: runs that are there are run again" }),
    android_device: text(200, "a device to reserve"),
    tuning_search: z
      .looseObject({ search_type: text(50, "grid, sampler or optimize") })
      .nullish()
      .openapi({ description: "parameters to search, and how" }),
  })
  .openapi("QaboardTuning");

const Started = z.object({
  cmd: z.string().openapi({ description: "what the runner runs" }),
  stdout: z.string().openapi({ description: "the job's number" }),
});

const params = z.object({ id: segment("hash of the commit, or how it begins") });
const contract = {
  method: "post",
  summary: "Start a tuning run",
  description:
    "Makes the batch, and hands a job to the runner of the settings. `data.job` of the batch tells what became of it.",
  tags: ["QA-Board tests"] as string[],
  security: WRITE,
  middleware: jsonObject,
  request: {
    params,
    query: z.object({ project: Project }),
    body: { required: true, content: { "application/json": { schema: Body } } },
  },
  responses: {
    200: jsonResponse("queued", Started),
    ...ERRORS,
    400: jsonString("`groups` is no list"),
    404: jsonString("no such commit, or it has no configuration or artifacts"),
  },
} as const;

/** Starts a tuning run (contract section 9). */
export const route = defineRoute({
  contract: { ...contract, path: "/api/v1/commit/{id}/batch", operationId: "startQaboardTuning" },
  access: writer,
  handler: async (c, { params: { id }, query: { project }, body }) => await start(c, project, id, body),
});

/** The same with a slash at the end. */
export const withSlash = defineRoute({
  contract: { ...contract, path: "/api/v1/commit/{id}/batch/", operationId: "startQaboardTuningWithSlash" },
  access: writer,
  handler: async (c, { params: { id }, query: { project }, body }) => await start(c, project, id, body),
});

async function start(c: Context<Env>, project: string, sha: string, body: z.infer<typeof Body>) {
  const commit = await findTestCommit(c.env, project, sha);
  if (commit === undefined) return c.json("Sorry, the commit id was not found", 404);
  const data = JSON.parse((await findProjectData(c.env.db, project)) ?? "{}");
  if (!("qatools_config" in data)) return c.json("Please create `qaboard.yaml`", 404);
  const batchId = await ensureBatch(c.env.db, project, commit.hash, body.batch_label);
  if (batchId === undefined) return c.json("Sorry, the commit id was not found", 404);
  if (commit.isDeleted) return c.json("Artifacts for this commit were deleted! Save them again first.", 404);
  const groups = readGroupNames(body.groups);
  if (!groups.ok) return c.json(groups.reason, 400);
  if (!body.selected_group) throw new ApiError(400, "selected_group is missing.");
  const files = await readBatchFiles(c.env, project, commit, groups.names);
  const batchesFiles = [...files.ofCommit, ...files.saved];
  const command = tuningCommand(body, batchesFiles.length);
  const jobId = await startTuning(c.env.db, batchId, { ...body, command, batches_files: batchesFiles });
  await sendJob(c, jobId);
  return c.json({ cmd: command.join(" "), stdout: `Queued as job ${jobId}.` }, 200);
}
