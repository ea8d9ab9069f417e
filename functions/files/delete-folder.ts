import { parseFilePath } from "./file-path.ts";
import type { FileStore } from "./file-store.ts";

/** A folder that holds less than this many levels is shared by projects: a deletion never means it. */
const MIN_DEPTH = 3;

/** The path of a folder that may be deleted with all it holds; undefined for one that may not. */
export function deletableFolder(folder: string): string | undefined {
  const path = parseFilePath(folder);
  return path !== undefined && path.split("/").length > MIN_DEPTH ? path : undefined;
}

/**
 * Deletes the files of a folder that were written until then, a page at a time for as long as `mayGoOn` says. Gives whether
 * nothing is left to do.
 */
export async function deleteFolder(
  files: FileStore,
  folder: string,
  writtenUntil: string,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const path = deletableFolder(folder);
  if (path === undefined) return true;
  let after: string | undefined;
  do {
    const page = await files.list(path, { deep: true, after });
    const old = page.files.filter(({ modified }) => modified === undefined || modified <= writtenUntil);
    if (old.length > 0) await files.remove(old.map((file) => file.path));
    after = page.next;
  } while (after !== undefined && mayGoOn());
  return after === undefined;
}
