import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FilePage, StoredFile } from "./file-store.ts";
import type { FolderPaths } from "./folder-paths.ts";

/** Folders below each other that a listing enters; a link that leads back would never end. */
const MAX_DEPTH = 32;
/** Files and folders a listing looks at. */
const MAX_ENTRIES = 200_000;

type Wanted = { deep: boolean; after: string | undefined; limit: number };
type Served = Pick<FolderPaths, "existing"> & { folders: readonly string[] };

/** A page of a local folder, in the order of paths; what leads out of the served folders is left out. */
export async function listFolder(folder: string, { deep, after, limit }: Wanted, served: Served): Promise<FilePage> {
  const found = await entriesBelow(folder, deep, served);
  const paths = [...found.keys()].sort();
  const rest = after === undefined ? paths : paths.filter((path) => path > after);
  const page = rest.slice(0, limit);
  const files: StoredFile[] = [];
  for (const path of page) {
    const file = found.get(path);
    if (file !== undefined) files.push(file);
  }
  return {
    files,
    folders: page.filter((path) => found.get(path) === undefined),
    next: rest.length > page.length ? page.at(-1) : undefined,
  };
}

/** Files by their paths, and with undefined the folders. */
async function entriesBelow(folder: string, deep: boolean, { existing }: Served) {
  const found = new Map<string, StoredFile | undefined>();
  let looked = 0;
  const visit = async (path: string, depth: number): Promise<void> => {
    const at = await existing(path);
    if (at === undefined || depth > MAX_DEPTH) return;
    for (const name of await readdir(at).catch(() => [])) {
      looked += 1;
      if (looked > MAX_ENTRIES) return;
      const below = join(path, name);
      const real = await existing(below);
      const entry = real === undefined ? undefined : await stat(real).catch(() => undefined);
      if (entry?.isDirectory()) {
        if (deep) await visit(below, depth + 1);
        else found.set(below, undefined);
      } else if (entry?.isFile()) {
        const etag = `"${entry.size.toString(16)}-${Math.trunc(entry.mtimeMs).toString(16)}"`;
        found.set(below, { path: below, size: entry.size, modified: entry.mtime.toISOString(), etag });
      }
    }
  };
  await visit(folder, 0);
  return found;
}
