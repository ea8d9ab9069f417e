import * as z from "zod";
import { isJsonObject } from "../../../json-text/json-object.ts";
import { readConfigurations } from "../outputs/configurations.ts";

/** One run that a batch asks for. */
export type Wanted = { database: string; glob: string; configurations: unknown[] };

/** Batches and aliases of several files, of which later ones override earlier ones. */
export type Batches = { batches: Map<string, unknown>; aliases: Map<string, string[]>; database: string };

const MAX_WANTED = 2_000;
/** Combinations of a matrix. */
const MAX_COMBINATIONS = 500;
/** Aliases within aliases. */
const MAX_DEPTH = 16;

const Matrix = z.record(z.string(), z.array(z.unknown()).max(200));

/** Joins files of batches (contract section 9). */
export function joinBatches(files: readonly unknown[], database: string): Batches {
  const joined: Batches = { batches: new Map(), aliases: new Map(), database };
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
export function listWanted(all: Batches, name: string, depth = 0): Wanted[] {
  const alias = all.aliases.get(name);
  if (alias !== undefined)
    return depth > MAX_DEPTH ? [] : alias.flatMap((one) => listWanted(all, one, depth + 1)).slice(0, MAX_WANTED);
  const batch = all.batches.get(name);
  if (batch === undefined) return [{ database: all.database, glob: name, configurations: [] }];
  if (!isJsonObject(batch))
    return asList(batch).map((one) => ({ database: all.database, glob: String(one), configurations: [] }));
  const database = folderFor(batch.database) ?? all.database;
  const shared = asConfigurations(batch.configurations ?? batch.configs ?? batch.configuration);
  const inputs = inputsOf(batch.inputs ?? batch.tests);
  return combinations(batch.matrix)
    .flatMap((values) =>
      inputs.map(({ glob, own }) => ({ database, glob, configurations: filledIn([...shared, ...own], values) })),
    )
    .slice(0, MAX_WANTED);
}

/** A folder, or one for each operating system. */
export function folderFor(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return isJsonObject(value) && typeof value.linux === "string" ? value.linux : undefined;
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
