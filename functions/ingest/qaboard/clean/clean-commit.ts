import type { Database } from "../../../../db/client.ts";
import { type CleanableCommit, listUndeletedOutputs } from "../../../../db/queries/qaboard/cleanable.ts";
import { type Cleaned, markArtifactsCleaned, markOutputsCleaned } from "../../../../db/upserts/qaboard/cleaned.ts";
import { commitFolders, type FolderSettings } from "../../../files/commit-folders.ts";
import { deleteNamedFiles } from "../../../files/delete-named.ts";
import type { FileStore } from "../../../files/file-store.ts";
import { deleteArtifacts } from "./delete-artifacts.ts";

/** Outputs whose files are deleted at the same time. */
const AT_ONCE = 8;

/** What cleaning works with. */
export type Cleaning = { db: Database; files: FileStore; settings: FolderSettings };

/** How a commit is cleaned: whether its artifacts go too, and which of them stay. */
export type CommitPlan = { before: string; withArtifacts: boolean; keptFiles: readonly string[] };

/**
 * Deletes the files of a commit's outputs that their manifests name, and its artifacts where the plan says so, for as long
 * as `mayGoOn` says; rows and metrics stay (contract section 12.4). Gives whether nothing is left to do.
 */
export async function cleanCommit(
  { db, files, settings }: Cleaning,
  commit: CleanableCommit,
  { before, withArtifacts, keptFiles }: CommitPlan,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const cleaned: Cleaned = { commitId: commit.id, before };
  for (let after = 0; ; ) {
    const page = await listUndeletedOutputs(db, commit.id, after, AT_ONCE);
    const last = page.at(-1);
    if (last === undefined) break;
    await Promise.all(page.map(({ folder }) => deleteNamedFiles(files, folder)));
    await markOutputsCleaned(
      db,
      cleaned,
      page.map(({ id }) => id),
    );
    after = last.id;
    if (!mayGoOn()) return false;
  }
  if (!withArtifacts) return true;
  await deleteArtifacts(files, commitFolders(commit, settings).artifacts, keptFiles);
  await markArtifactsCleaned(db, cleaned);
  return true;
}
