import { parseFilePath } from "../../../files/file-path.ts";
import { type FileStore, listAll } from "../../../files/file-store.ts";
import { fixedPart, isGlob, pathMatcher } from "../../../files/path-glob.ts";
import type { InputSettings } from "./input-settings.ts";

/** Files of a database that are looked at for one input. */
const MAX_LISTED = 20_000;

/**
 * Paths of the inputs of a database that a glob stands for, sorted: files and folders that match it or, where the settings
 * have globs, files within these that match one of them (contract section 9).
 */
export async function listInputs(
  files: FileStore,
  { database, glob, globs, usesParentFolder }: InputSettings & { glob: string },
): Promise<string[]> {
  const root = parseFilePath(database);
  const path = parseFilePath(`/${glob}`);
  if (root === undefined || path === undefined) return [];
  const relative = path.slice(1);
  const at = (below: string) => (root === "/" ? `/${below}` : below === "" ? root : `${root}/${below}`);
  const found = isGlob(relative)
    ? await findMatches(files, at, relative)
    : relative === ""
      ? await findAll(files, at)
      : await findNamed(files, at, relative, globs.length === 0 ? 1 : MAX_LISTED);
  if (globs.length === 0) return [...found.keys()].map((place) => place || ".").sort();
  const matchers = globs.map((one) => pathMatcher(`**/${one}`));
  const inputs = new Set<string>();
  for (const [place, below] of found)
    for (const file of below) {
      const isPlace = file === place;
      const name = isPlace || place === "" ? file : file.slice(place.length + 1);
      if (!matchers.some((matches) => matches(name))) continue;
      inputs.add(usesParentFolder && !isPlace ? file.slice(0, Math.max(0, file.lastIndexOf("/"))) || "." : file);
    }
  return [...inputs].sort();
}

/** Files below each file or folder, by its path within the database; a file is below itself. */
type Found = Map<string, string[]>;
type Place = (below: string) => string;

async function listBelow(files: FileStore, at: Place, folder: string, max = MAX_LISTED): Promise<string[]> {
  const { files: found } = await listAll(files, at(folder), max);
  const prefix = at("").endsWith("/") ? at("").length : at("").length + 1;
  return found.map((file) => file.path.slice(prefix));
}

/** The file or folder of a path. */
async function findNamed(files: FileStore, at: Place, path: string, max: number): Promise<Found> {
  const file = await files.open(at(path), { head: true });
  if (file !== undefined) return new Map([[path, [path]]]);
  const below = await listBelow(files, at, path, max);
  return below.length === 0 ? new Map() : new Map([[path, below]]);
}

/** Everything: what is in the database's folder, and the folder itself, which is "". */
async function findAll(files: FileStore, at: Place): Promise<Found> {
  const found: Found = new Map();
  for (const file of await listBelow(files, at, "")) {
    add(found, "", file);
    add(found, file.split("/", 1)[0] ?? file, file);
  }
  return found;
}

/** The files and folders that match a glob. */
async function findMatches(files: FileStore, at: Place, glob: string): Promise<Found> {
  const matches = pathMatcher(glob);
  const found: Found = new Map();
  for (const file of await listBelow(files, at, fixedPart(glob))) {
    const parts = file.split("/");
    for (let length = 1; length <= parts.length; length += 1) {
      const place = parts.slice(0, length).join("/");
      if (found.has(place) || matches(place)) add(found, place, file);
    }
  }
  return found;
}

function add(found: Found, place: string, file: string): void {
  const below = found.get(place);
  if (below === undefined) found.set(place, [file]);
  else below.push(file);
}
