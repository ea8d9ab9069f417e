import { parseFilePath } from "./file-path.ts";
import type { FileStore } from "./file-store.ts";
import { namedFiles } from "./manifest.ts";

/**
 * Deletes the files that a folder's manifest names, but the manifests, and of these only the ones whose names match
 * `filter`, as `fnmatch` has it. Gives whether the folder held any file.
 */
export async function deleteNamedFiles(files: FileStore, folder: string, filter?: string): Promise<boolean> {
  const path = parseFilePath(folder);
  if (path === undefined) return false;
  const before = await files.list(path, { deep: true, limit: 1 });
  if (before.files.length === 0) return false;
  await files.remove(await namedFiles(files, path, filter));
  return true;
}
