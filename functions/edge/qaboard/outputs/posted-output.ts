import { z } from "@hono/zod-openapi";
import type { PostedOutput } from "../../../../db/upserts/qaboard/output.ts";
import { cleanJson } from "../../../json-text/clean.ts";
import { CommitFields, mandatory } from "../commits/posted-commit.ts";
import { ApiError } from "../http/errors.ts";
import { readConfigurations } from "./configurations.ts";

const text = (description: string) => z.string().nullish().openapi({ description });
const flag = (description: string) => z.boolean().nullish().openapi({ description });
const free = (description: string) => z.looseObject({}).nullish().openapi({ description });

/** Contract section 4.1. What is mandatory is checked once the commit is stored, as the original does. */
export const PostedOutputBody = z
  .looseObject({
    ...CommitFields,
    rel_input_path: text("path of the input below its database; it wins over input_path"),
    input_path: text("path of the input; one of both is mandatory"),
    database: mandatory("folder of inputs"),
    input_metadata: z.unknown().optional().openapi({ description: "replaces the input's metadata, unless empty" }),
    batch_label: mandatory("batch of the commit"),
    job_type: text("mandatory: `ci` or `local`"),
    platform: text("mandatory: `lsf` is stored as `linux`"),
    configurations: z
      .array(z.unknown())
      .nullish()
      .openapi({ description: "mandatory, unless `configuration` is there" }),
    configuration: text("the legacy spelling of configurations, which wins"),
    extra_parameters: free("mandatory: parameters of tuning").openapi({ type: "object" }),
    user: text("mandatory: who ran it"),
    artifacts_commit: text("mandatory, unless commit_ci_dir is there: folder of the commit's artifacts, if absolute"),
    commit_ci_dir: text("the legacy name of artifacts_commit"),
    output_directory: mandatory("absolute path of the output's folder").openapi({ pattern: "^/" }),
    input_type: text("type of the output"),
    data: free("replaces the output's data"),
    is_running: flag("whether it runs; then it is pending too"),
    is_pending: flag("whether it is not finished yet"),
    metrics: free("what was measured, once it is finished"),
    is_failed: flag("whether it failed, once it is finished"),
  })
  .openapi("QaboardPostedOutput", {
    required: [
      "project",
      "git_commit_sha",
      "database",
      "batch_label",
      "job_type",
      "platform",
      "user",
      "extra_parameters",
      "output_directory",
    ],
  });
type Body = z.infer<typeof PostedOutputBody>;

type Posted = Omit<PostedOutput, "text" | "commit">;

/** Everything about a posted output but its commit, or what is missing. */
export function readPostedOutput(body: Body): { ok: true; posted: Posted } | { ok: false; problem: string } {
  try {
    return { ok: true, posted: readFields(body) };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, problem: error.message };
    throw error;
  }
}

function readFields(body: Body): Posted {
  const path = body.rel_input_path || body.input_path;
  if (!path) throw new ApiError(400, "the input path was not provided");
  for (const field of ["batch_label", "job_type", "platform", "user"] as const)
    if (body[field] === undefined) throw missing(field);
  const outputDir = given(body, "output_directory");
  if (!outputDir.startsWith("/")) throw new ApiError(400, "output_directory must be an absolute path.");
  if (body.extra_parameters === undefined || body.extra_parameters === null) throw missing("extra_parameters");
  const artifacts = body.artifacts_commit ?? body.commit_ci_dir;
  if (artifacts === undefined || artifacts === null) throw missing("artifacts_commit");
  const isRunning = body.is_running === true;
  return {
    commitDirOverride: artifacts.startsWith("/") ? artifacts : null,
    input: { database: given(body, "database"), path },
    batchLabel: given(body, "batch_label"),
    jobType: body.job_type ?? null,
    platform: body.platform === "lsf" ? "linux" : (body.platform ?? null),
    configurations: configurationsText(body),
    user: body.user ?? null,
    outputDir,
    outputType: body.input_type ?? "",
    isPending: isRunning || body.is_pending === true,
    isRunning,
    isFailed: isFailed(body),
  };
}

const missing = (field: string) => new ApiError(400, `${field} is missing.`);

function given(body: Body, field: "output_directory" | "database" | "batch_label"): string {
  const value = body[field];
  if (value === undefined || value === null) throw missing(field);
  return value;
}

/** JSON text of the configurations; null when they stand in the body as they are stored. */
function configurationsText(body: Body): string | null {
  if (body.configuration === undefined || body.configuration === null) {
    if (body.configurations === undefined || body.configurations === null) throw missing("configurations");
    return null;
  }
  const read = readConfigurations(body.configuration);
  if (read === undefined) throw new ApiError(400, "configuration is too long.");
  return cleanJson(read, () => false).text;
}

/** True if either says so, else what the metrics say (contract section 4.1). */
function isFailed({ is_failed, metrics }: Body): boolean | null {
  const measured = metrics?.is_failed;
  if (is_failed === true) return true;
  return typeof measured === "boolean" ? measured : null;
}
