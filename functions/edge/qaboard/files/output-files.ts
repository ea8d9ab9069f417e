import type { Services } from "../../env.ts";

/** What deletions ask of the files of outputs; folders are absolute paths, as outputs have them. */
export interface OutputFiles {
  /** Deletes folders with everything below them. */
  deleteFolders(folders: readonly string[]): Promise<void>;
  /**
   * Deletes the files that the manifest of each folder names, but the manifests, and of these only the ones whose names
   * match `filter`, as `fnmatch` has it. Gives the folders that hold any file.
   */
  deleteNamed(folders: readonly string[], filter?: string): Promise<ReadonlySet<string>>;
}

/** The files of outputs, wherever the settings say that files are kept. */
export function outputFiles(_services: Services): OutputFiles {
  return { deleteFolders: async () => {}, deleteNamed: async () => new Set() };
}
