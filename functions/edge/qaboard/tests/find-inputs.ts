import { parseFilePath } from "../../../files/file-path.ts";
import { type FileStore, listAll } from "../../../files/file-store.ts";
import { fixedPart, isGlob, pathMatcher } from "../../../files/path-glob.ts";
import type { Wanted } from "./batch.ts";

/** Files of a database that are looked at for one input. */
const MAX_LISTED = 20_000;
/** Runs that are shown at most. */
const MAX_TESTS = 5_000;
/** Inputs that are looked up at all. */
const MAX_LOOKUPS = 500;

/** A run: an input that is there, and how it is configured. */
export type Test = { input_path: string; configurations: unknown[] };

/** Looks up which inputs of a database there are; `globs` name the files that stand for the inputs of a folder. */
export async function findInputs(
  files: FileStore,
  wanted: readonly Wanted[],
  globs: readonly string[],
): Promise<Test[]> {
  const tests: Test[] = [];
  const known = new Map<string, string[]>();
  for (const { database, glob, configurations } of wanted) {
    const key = `${database}\n${glob}`;
    if (!known.has(key) && known.size >= MAX_LOOKUPS) break;
    const paths = known.get(key) ?? (await listInputs(files, database, glob, globs));
    known.set(key, paths);
    for (const path of paths) tests.push({ input_path: path, configurations });
    if (tests.length >= MAX_TESTS) break;
  }
  return tests.slice(0, MAX_TESTS);
}

async function listInputs(
  files: FileStore,
  database: string,
  glob: string,
  globs: readonly string[],
): Promise<string[]> {
  const root = parseFilePath(database);
  const path = parseFilePath(`/${glob}`);
  if (root === undefined || path === undefined || path === "/") return [];
  const relative = path.slice(1);
  const below = `${root === "/" ? "" : root}${path}`;
  if (!isGlob(relative)) {
    const file = await files.open(below, { head: true });
    if (file !== undefined) return [relative];
    return await inFolder(files, below, relative, globs);
  }
  const fixed = fixedPart(relative);
  const { files: found } = await listAll(files, fixed === "" ? root : `${root}/${fixed}`, MAX_LISTED);
  const matches = pathMatcher(relative);
  return found
    .map((file) => file.path.slice(root.length + 1))
    .filter(matches)
    .sort();
}

/** A folder is an input itself, unless globs say which of its files are. */
async function inFolder(
  files: FileStore,
  folder: string,
  relative: string,
  globs: readonly string[],
): Promise<string[]> {
  const { files: found } = await listAll(files, folder, globs.length === 0 ? 1 : MAX_LISTED);
  if (found.length === 0) return [];
  if (globs.length === 0) return [relative];
  const matchers = globs.map((glob) => pathMatcher(`**/${glob}`));
  return found
    .map((file) => file.path.slice(folder.length + 1))
    .filter((path) => matchers.some((matches) => matches(path)))
    .map((path) => `${relative}/${path}`)
    .sort();
}
