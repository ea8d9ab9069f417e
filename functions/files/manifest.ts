import { isJsonObject } from "../json-text/json-object.ts";
import { fileNameMatcher } from "./file-name-pattern.ts";
import { parseFilePath } from "./file-path.ts";
import { type FileStore, listAll } from "./file-store.ts";

/** The manifests that `qa` writes into an output's folder; deletions leave them. */
export const OUTPUTS_MANIFEST = "manifest.outputs.json";
const MANIFESTS = new Set([OUTPUTS_MANIFEST, "manifest.inputs.json"]);

const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;
/** Files that a manifest names at most. */
const MAX_FILES = 100_000;

/** Text of the manifest that is stored in a folder; undefined when there is none that is a JSON object. */
export async function readManifest(files: FileStore, folder: string): Promise<string | undefined> {
  const bytes = await files.read(`${folder}/${OUTPUTS_MANIFEST}`, MAX_MANIFEST_BYTES);
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  return namesIn(text) === undefined ? undefined : text;
}

/** Makes a folder's manifest from what is in it, stores it there, and gives its text; undefined for an empty folder. */
export async function makeManifest(files: FileStore, folder: string): Promise<string | undefined> {
  const { files: found } = await listAll(files, folder, MAX_FILES);
  if (found.length === 0) return undefined;
  const listed = found.filter(({ path }) => isListed(path.slice(path.lastIndexOf("/") + 1)));
  const entries = listed.map(({ path, size }) => [path.slice(folder.length + 1), { st_size: size }]);
  const text = JSON.stringify(Object.fromEntries(entries), null, 2);
  await files.write(`${folder}/${OUTPUTS_MANIFEST}`, new Uint8Array(new TextEncoder().encode(text)));
  return text;
}

/** Paths of the files that a folder's manifest names, but the manifests; only those of names that match, if told. */
export async function namedFiles(files: FileStore, folder: string, filter?: string): Promise<string[]> {
  const text = await readManifest(files, folder);
  const matches = filter === undefined ? () => true : fileNameMatcher(filter);
  return (namesIn(text ?? "{}") ?? []).flatMap((name) => {
    const path = parseFilePath(`${folder}/${name}`);
    return path !== undefined && !MANIFESTS.has(name) && matches(name) ? [path] : [];
  });
}

const isListed = (name: string) => name !== "log.txt" && !name.startsWith(".nfs00000");

function namesIn(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? Object.keys(value).slice(0, MAX_FILES) : undefined;
  } catch {
    return undefined;
  }
}
