import { lstat, realpath } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { OutboundError } from "../outside/outbound.ts";

/** Where paths lie in the local folders that are served. */
export type FolderPaths = {
  /** The real place of what is there; undefined when nothing is, or when it lies outside of the folders. */
  existing(path: string): Promise<string | undefined>;
  /** Where a new file goes. Throws OutboundError when that is outside of the folders. */
  placeFor(path: string): Promise<string>;
};

/** Looks paths up in folders; symbolic links are followed, but never out of the folder they are in. */
export function openFolders(folders: readonly string[]): FolderPaths {
  const roots = folders.map((folder) => resolve(folder));
  const rootOf = (path: string) => roots.find((root) => isWithin(root, path));

  async function existing(path: string): Promise<string | undefined> {
    const root = rootOf(resolve(path));
    if (root === undefined) return undefined;
    try {
      const [realRoot, real] = await Promise.all([realpath(root), realpath(path)]);
      return isWithin(realRoot, real) ? real : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    existing,
    async placeFor(path) {
      const root = rootOf(path);
      if (root === undefined || path === root) throw new OutboundError("the path lies outside of the served folders");
      // What exists of it decides where it leads.
      const missing: string[] = [];
      let at = path;
      while (isWithin(root, at)) {
        const real = await existing(at);
        if (real !== undefined) return join(real, ...missing);
        if (await isThere(at)) break;
        missing.unshift(at.slice(dirname(at).length).replace(/^\//, ""));
        at = dirname(at);
      }
      throw new OutboundError("the path lies outside of the served folders");
    },
  };
}

/** A link counts, wherever it leads. */
async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
