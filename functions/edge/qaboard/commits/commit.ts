import { z } from "@hono/zod-openapi";
import type { CommitRow } from "../../../../db/queries/qaboard/commit-rows.ts";
import { batchFolder, commitFolders, type FolderSettings } from "../../../files/commit-folders.ts";
import { urlPath } from "../http/url-path.ts";
import { Output } from "../outputs/output.ts";

const count = (description: string) => z.int().min(0).openapi({ description });
const free = (description: string) => z.looseObject({}).openapi({ description });
const folder = (description: string) => z.string().openapi({ description, example: "/s/mnt/qaboard/group/repo" });

/** Contract section 3.2. */
export const Batch = z
  .object({
    id: z.int(),
    commit_id: z.string().openapi({ description: "the commit's whole hash" }),
    label: z.string(),
    created_date: z.string().openapi({ description: "UTC without zone" }),
    data: free("type, commands and whatever else was posted"),
    batch_dir_url: folder("path of the batch's folder"),
    aggregated_metrics: free("`<name>_median` and `<name>_average` of each metric asked for"),
    valid_outputs: count("outputs that neither failed nor are pending"),
    pending_outputs: count("outputs that are not finished"),
    running_outputs: count("outputs that run"),
    failed_outputs: count("outputs that failed"),
    deleted_outputs: count("outputs whose files are gone"),
    outputs: z.record(z.string(), Output).optional().openapi({ description: "by id, where outputs are shown" }),
  })
  .openapi("QaboardBatch");

/** Contract section 3.3. */
export const Commit = z
  .object({
    id: z.string().openapi({ description: "the whole hash" }),
    branch: z.string().openapi({ description: "without `origin/`" }),
    message: z.string(),
    committer_name: z.string(),
    committer_avatar_url: z.string(),
    authored_datetime: z.string().nullable().openapi({ description: "in UTC, with offset" }),
    authored_date: z.string().nullable().openapi({ description: "the day of it in UTC" }),
    latest_output_datetime: z.string().nullable(),
    deleted: z.boolean().openapi({ description: "whether its artifacts are gone" }),
    data: free("git, qatools_config, qatools_metrics and whatever else was posted"),
    outputs_url: folder("path of the folder of its outputs"),
    artifacts_url: folder("path of the folder of its artifacts"),
    repo_artifacts_url: folder("path of the folder of the whole repository's artifacts"),
    batches: z.record(z.string(), Batch).openapi({ description: "by label, in the order of creation" }),
  })
  .openapi("QaboardCommit");

/** A commit as JSON text: what the database rendered, with its folders. */
export function commitJson(row: CommitRow, settings: FolderSettings): string {
  const folders = commitFolders(row, settings);
  const batches = row.batches.map(({ label, batchDirOverride, json }) => {
    const url = urlPath(batchDirOverride ?? batchFolder(folders.outputs, label));
    return `${JSON.stringify(label)}:${withMembers(json, { batch_dir_url: url })}`;
  });
  const urls = {
    outputs_url: urlPath(folders.outputs),
    artifacts_url: urlPath(folders.artifacts),
    repo_artifacts_url: urlPath(folders.repositoryArtifacts),
  };
  return withMembers(row.json, urls, `"batches":{${batches.join(",")}}`);
}

/** The text of an object with further members before its own. */
function withMembers(object: string, members: Readonly<Record<string, string>>, text?: string): string {
  const own = JSON.stringify(members).slice(1, -1);
  return `{${text === undefined ? own : `${own},${text}`},${object.slice(1)}`;
}
