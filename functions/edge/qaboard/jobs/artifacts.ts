import { parseFilePath } from "../../../files/file-path.ts";
import type { Services } from "../../env.ts";
import { findTestCommit } from "../tests/test-commit.ts";

/** Whether a commit's artifacts are there to be run again. */
export async function hasArtifacts(services: Services, project: string, hash: string): Promise<boolean> {
  const commit = await findTestCommit(services, project, hash);
  const folder = commit === undefined ? undefined : parseFilePath(commit.artifacts);
  if (folder === undefined) return false;
  const { files, folders } = await services.files.list(folder, { deep: false, limit: 10 });
  // The results of a commit are in the same folder.
  return files.length > 0 || folders.some((one) => !one.endsWith("/output") && !one.endsWith("/share"));
}
