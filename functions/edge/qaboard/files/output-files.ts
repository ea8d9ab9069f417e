import { deleteFolder } from "../../../files/delete-folder.ts";
import { deleteNamedFiles } from "../../../files/delete-named.ts";
import type { DeleteFilesMessage } from "../../../messages/delete-files.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask } from "../../../messages/task-message.ts";
import type { Services } from "../../env.ts";

/** So long a request deletes files by itself; the consumer deletes the rest. */
const OWN_MS = 2_000;
/** Folders of one message. */
const FOLDERS_A_MESSAGE = 500;
/** Folders whose manifests are read at the same time. */
const AT_ONCE = 8;

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
export function outputFiles({ files, objects, queue }: Services): OutputFiles {
  return {
    async deleteFolders(folders) {
      const writtenUntil = new Date().toISOString();
      const end = Date.now() + OWN_MS;
      const left: string[] = [];
      for (const folder of folders) {
        const mayGoOn = () => Date.now() < end;
        if (!mayGoOn() || !(await deleteFolder(files, folder, writtenUntil, mayGoOn))) left.push(folder);
      }
      for (let at = 0; at < left.length; at += FOLDERS_A_MESSAGE) {
        const body: DeleteFilesMessage = { v: 1, folders: left.slice(at, at + FOLDERS_A_MESSAGE), writtenUntil };
        const id = newReceiptId();
        await queue.send(await packTask({ id, source: "qaboard", kind: "delete-files", trace: id, body }, objects));
      }
    },
    async deleteNamed(folders, filter) {
      const holding = new Set<string>();
      for (let at = 0; at < folders.length; at += AT_ONCE)
        await Promise.all(
          folders.slice(at, at + AT_ONCE).map(async (folder) => {
            if (await deleteNamedFiles(files, folder, filter)) holding.add(folder);
          }),
        );
      return holding;
    },
  };
}
