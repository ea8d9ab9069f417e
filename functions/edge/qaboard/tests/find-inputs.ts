import { findInputMetadata } from "../../../../db/queries/qaboard/input-metadata.ts";
import type { Services } from "../../env.ts";
import type { Wanted } from "./batch.ts";
import { listInputs } from "./list-inputs.ts";
import { compileFilter } from "./metadata-filter.ts";

/** Runs that are shown at most. */
const MAX_TESTS = 5_000;
/** Inputs that are looked up at all. */
const MAX_LOOKUPS = 500;

/** A run: an input that is there, and how it is configured. */
export type Test = { input_path: string; configurations: unknown[] };

/** Looks up which inputs of the databases there are, and which of them the filters let through. */
export async function findInputs(services: Pick<Services, "files" | "db">, wanted: readonly Wanted[]): Promise<Test[]> {
  const tests: Test[] = [];
  const known = new Map<string, string[]>();
  for (const { configurations, ...asked } of wanted) {
    const key = JSON.stringify(asked);
    if (!known.has(key) && known.size >= MAX_LOOKUPS) break;
    const paths = known.get(key) ?? (await filterInputs(services, await listInputs(services.files, asked), asked));
    known.set(key, paths);
    for (const path of paths) tests.push({ input_path: path, configurations });
    if (tests.length >= MAX_TESTS) break;
  }
  return tests.slice(0, MAX_TESTS);
}

/** Inputs that fit `only` and not `exclude`, by the metadata that results brought; the client, too, filters files of globs alone. */
async function filterInputs(
  { db }: Pick<Services, "db">,
  paths: readonly string[],
  { database, globs, only, exclude }: Omit<Wanted, "configurations">,
): Promise<string[]> {
  const shown = paths.slice(0, MAX_TESTS);
  if (globs.length === 0 || (only === undefined && exclude === undefined)) return shown;
  const isWanted = only === undefined ? () => true : compileFilter(only);
  const isUnwanted = exclude === undefined ? () => false : compileFilter(exclude);
  const metadata = await findInputMetadata(db, database, shown);
  return shown.filter((path) => {
    const about = { ...metadata.get(path), input_path: `${database}/${path}`, rel_input_path: path };
    return isWanted(about) && !isUnwanted(about);
  });
}
