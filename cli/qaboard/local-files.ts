import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file of the folder: its path below it, as it was when it was looked at. */
export type LocalFile = { path: string; size: number; modifiedMs: number };

/** All files below a folder by name; symbolic links are left alone. */
export async function listLocalFiles(folder: string): Promise<LocalFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: LocalFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith(".nfs00000")) continue;
    const at = join(entry.parentPath, entry.name);
    const found = await stat(at).catch(() => undefined);
    if (found === undefined) continue;
    files.push({ path: at.slice(folder.length + 1), size: found.size, modifiedMs: found.mtimeMs });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The MD5 of a file in hex, as object stores tell it. */
export async function md5Of(file: string): Promise<string> {
  const hash = createHash("md5");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}
