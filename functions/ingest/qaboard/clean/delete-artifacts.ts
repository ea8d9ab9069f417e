import { parseFilePath } from "../../../files/file-path.ts";
import { type FileStore, listAll } from "../../../files/file-store.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";

/** Manifests of one commit, and bytes of one of them. */
const MAX_MANIFESTS = 1_000;
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
/** Files that one request to the store deletes. */
const PAGE = 1_000;
const NAME = /^(.+)\.json$/;

/**
 * Deletes the artifacts that the manifests of a folder name (`manifests/<artifact>.json`), but those that are kept: by the
 * artifact's name or the file's path. Manifests stay.
 */
export async function deleteArtifacts(files: FileStore, folder: string, kept: readonly string[]): Promise<void> {
  const path = parseFilePath(folder);
  if (path === undefined) return;
  const { files: manifests } = await listAll(files, `${path}/manifests`, MAX_MANIFESTS);
  for (const manifest of manifests) {
    const artifact = NAME.exec(manifest.path.slice(path.length + "/manifests/".length))?.[1];
    if (artifact === undefined || kept.includes(artifact)) continue;
    const names = listNames(await files.read(manifest.path, MAX_MANIFEST_BYTES)).filter((name) => !kept.includes(name));
    const paths = names.flatMap((name) => parseFilePath(`${path}/${name}`) ?? []);
    for (let at = 0; at < paths.length; at += PAGE) await files.remove(paths.slice(at, at + PAGE));
  }
}

/** Paths that a manifest names; none when it is no JSON object. */
function listNames(bytes: Uint8Array | undefined): string[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
