import { listOutputFolders } from "../../../../db/queries/qaboard/batches.ts";
import { deleteEmptyBatch } from "../../../../db/upserts/qaboard/change-batch.ts";
import { deleteOutputs, markDeleted } from "../../../../db/upserts/qaboard/change-outputs.ts";
import type { Services } from "../../env.ts";
import { outputFiles } from "../files/output-files.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";

/** Deletes outputs of a batch with their files, and the batch when nothing is left in it (contract section 6). */
export async function deleteFromBatch(services: Services, batchId: number, onlyFailed: boolean): Promise<void> {
  const { db } = services;
  const outputs = await listOutputFolders(db, batchId, onlyFailed);
  // The rows go last: what is left after a failure can be deleted again.
  await outputFiles(services).deleteFolders(outputs.map(({ folder }) => folder));
  await retryOnRollback(() =>
    deleteOutputs(
      db,
      outputs.map(({ id }) => id),
    ),
  );
  await retryOnRollback(() => deleteEmptyBatch(db, batchId));
}

/**
 * Deletes the files that the manifests of a batch's outputs name, and keeps what was measured (contract section 6). With a
 * filter only some of the files go, so that only outputs whose folder holds nothing count as deleted.
 */
export async function softDeleteFromBatch(
  services: Services,
  batchId: number,
  { onlyFailed, filter }: { onlyFailed: boolean; filter: string | undefined },
): Promise<void> {
  const outputs = await listOutputFolders(services.db, batchId, onlyFailed);
  const folders = outputs.map(({ folder }) => folder);
  const there = await outputFiles(services).deleteNamed(folders, filter);
  const gone = filter === undefined ? outputs : outputs.filter(({ folder }) => !there.has(folder));
  await retryOnRollback(() =>
    markDeleted(
      services.db,
      gone.map(({ id }) => id),
    ),
  );
}
