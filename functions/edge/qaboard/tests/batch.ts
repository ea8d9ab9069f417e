import * as z from "zod";
import { isJsonObject } from "../../../json-text/json-object.ts";
import { readConfigurations } from "../outputs/configurations.ts";
import { folderFor, type InputSettings, readGlobs } from "./input-settings.ts";

/** Runs that a batch asks for: inputs by a glob, `""` for all of the database, and filters of their metadata. */
export type Wanted = InputSettings & { glob: string; configurations: unknown[]; only?: unknown; exclude?: unknown };

/** Batches and aliases of several files, of which later ones override earlier ones. */
export type Batches = {
  batches: Map<string, unknown>;
  aliases: Map<string, string[]>;
  /** The database that the files name, if they do. */
  database: string | undefined;
  /** What the configuration says of a type of inputs. */
  settingsOf: (type?: string) => InputSettings;
};

const MAX_WANTED = 2_000;
/** Combinations of a matrix. */
const MAX_COMBINATIONS = 500;
/** Aliases within aliases. */
const MAX_DEPTH = 16;
/** Names that are looked at to resolve one alias. */
const MAX_NAMES = 10_000;

const Matrix = z.record(z.string(), z.array(z.unknown()).max(200));

/** Joins files of batches (contract section 9). */
export function joinBatches(files: readonly unknown[], settingsOf: Batches["settingsOf"]): Batches {
  const joined: Batches = { batches: new Map(), aliases: new Map(), database: undefined, settingsOf };
  for (const file of files) {
    if (!isJsonObject(file)) continue;
    for (const [name, value] of Object.entries(file)) {
      const isAliases = (name === "aliases" || name === "groups") && isJsonObject(value);
      if (isAliases)
        for (const [alias, names] of Object.entries(value)) joined.aliases.set(alias, asList(names).map(String));
      else if (name === "database") joined.database = folderFor(value) ?? joined.database;
      else joined.batches.set(name, value);
    }
  }
  return joined;
}

/** What the batch, alias or input path of a name asks for. */
export function listWanted(all: Batches, name: string): Wanted[] {
  const wanted: Wanted[] = [];
  for (const one of resolveAliases(all.aliases, name)) {
    wanted.push(...listWantedBy(all, one));
    if (wanted.length >= MAX_WANTED) break;
  }
  return wanted.slice(0, MAX_WANTED);
}

/** Names that an alias stands for, in their order; one that stands for itself in the end stands for nothing there. */
function resolveAliases(aliases: ReadonlyMap<string, string[]>, first: string): string[] {
  const resolved: string[] = [];
  let left = MAX_NAMES;
  const visit = (name: string, above: readonly string[]) => {
    left -= 1;
    if (left < 0 || above.length > MAX_DEPTH || above.includes(name)) return;
    const names = aliases.get(name);
    if (names === undefined) resolved.push(name);
    else for (const one of names) visit(one, [...above, name]);
  };
  visit(first, []);
  return resolved;
}

function listWantedBy(all: Batches, name: string): Wanted[] {
  const usual = all.settingsOf();
  const database = all.database ?? usual.database;
  const plain = (glob: string): Wanted => ({ ...usual, database, glob, configurations: [] });
  const batch = all.batches.get(name);
  if (batch === undefined) return [plain(name)];
  if (!isJsonObject(batch)) return asList(batch).map((one) => plain(String(one)));
  const settings = typeof batch.type === "string" ? all.settingsOf(batch.type) : usual;
  const shared = asConfigurations(batch.configurations ?? batch.configs ?? batch.configuration);
  const asked = {
    database: folderFor(batch.database) ?? all.database ?? settings.database,
    globs: readGlobs(batch) ?? settings.globs,
    usesParentFolder:
      typeof batch.use_parent_folder === "boolean" ? batch.use_parent_folder : settings.usesParentFolder,
    only: isEmpty(batch.only) ? undefined : batch.only,
    exclude: isEmpty(batch.exclude) ? undefined : batch.exclude,
  };
  const inputs = inputsOf(batch.inputs ?? batch.tests ?? "");
  return combinations(batch.matrix)
    .flatMap((values) =>
      inputs.map(({ glob, own }) => ({ ...asked, glob, configurations: filledIn([...shared, ...own], values) })),
    )
    .slice(0, MAX_WANTED);
}

/** Whether Python counts a value as false. */
function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return !value;
}

/** Inputs as `glob`, `[glob, configurations…]` or `{glob: configurations}`. */
function inputsOf(given: unknown): { glob: string; own: unknown[] }[] {
  if (isJsonObject(given))
    return Object.entries(given).map(([glob, own]) => ({
      glob,
      own: asConfigurations(isJsonObject(own) ? [own] : own),
    }));
  return asList(given).flatMap((one) => {
    if (Array.isArray(one)) return [{ glob: String(one[0] ?? ""), own: one.slice(1) }];
    return isJsonObject(one) ? inputsOf(one) : [{ glob: String(one), own: [] }];
  });
}

/** Every choice of one value of each parameter. */
function combinations(matrix: unknown): ReadonlyMap<string, unknown>[] {
  const parsed = Matrix.safeParse(matrix);
  let chosen: ReadonlyMap<string, unknown>[] = [new Map()];
  for (const [parameter, values] of Object.entries(parsed.data ?? {}))
    chosen = chosen
      .flatMap((before) => values.map((value) => new Map([...before, [parameter, value]])))
      .slice(0, MAX_COMBINATIONS);
  return chosen;
}

/** Configurations with `${matrix.<parameter>}` replaced. */
function filledIn(configurations: unknown[], values: ReadonlyMap<string, unknown>): unknown[] {
  if (values.size === 0) return configurations;
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
    if (typeof value !== "string") return value;
    const whole = /^\$\{\{? *matrix\.(\w+) *\}?\}$/.exec(value)?.[1];
    if (whole !== undefined && values.has(whole)) return values.get(whole);
    return value.replace(/\$\{\{? *matrix\.(\w+) *\}?\}/g, (text, name: string) =>
      values.has(name) ? String(values.get(name)) : text,
    );
  };
  return configurations.map(fill);
}

function asConfigurations(given: unknown): unknown[] {
  if (typeof given === "string") return z.array(z.unknown()).parse(JSON.parse(readConfigurations(given) ?? "[]"));
  return asList(given);
}

function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
