import * as z from "zod";
import { FOLDERS_SETTING } from "../../functions/files/settings.ts";
import { startFolderBucket } from "../folder-bucket.ts";
import { type Holder, restartable } from "../restartable.ts";
import type { StackOptions } from "./types.ts";

/** A server of local folders, and the settings by which the stack's parts find it. */
type ServedFolders = { env: { QABOARD_FILES_URL: string }; stop(): Promise<void> };

/** Local folders whose files a Worker serves, which has no file system; a process of the self-host mode reads them itself. */
export function foldersOf({ mode, env = {} }: StackOptions): Holder<ServedFolders> | undefined {
  const { QABOARD_FILES: folders } = z.object(FOLDERS_SETTING).parse(env);
  if (folders.length === 0 || mode === "node") return undefined;
  let port = 0;
  return restartable(async () => {
    const bucket = await startFolderBucket(folders, port);
    port = bucket.port;
    return { env: { QABOARD_FILES_URL: bucket.url }, stop: bucket.stop };
  });
}
