import { isJsonObject } from "../../../json-text/json-object.ts";
import { UnlistableTests } from "./unlistable-tests.ts";

/** Where the inputs of a type are, and which files of a folder are inputs. */
export type InputSettings = { database: string; globs: string[]; usesParentFolder: boolean };

/** What a configuration says of a type of inputs, by default of its default type. Throws UnlistableTests for an unknown one. */
export function readInputSettings(config: Readonly<Record<string, unknown>>, type?: string): InputSettings {
  const inputs = asObject(config.inputs);
  const types = asObject(inputs.types);
  const name = type ?? (typeof types.default === "string" ? types.default : "default");
  if (name !== "default" && !Object.hasOwn(types, name))
    throw new UnlistableTests(`The input type ${name} is not defined in qaboard.yaml.`);
  const own = name === "default" && !isJsonObject(types.default) ? {} : asObject(types[name]);
  const settings = { ...inputs, ...own };
  return {
    database: folderFor(settings.database) ?? "/",
    globs: readGlobs(settings) ?? [],
    usesParentFolder: settings.use_parent_folder === true,
  };
}

/** Globs that are named in settings of inputs, or in a batch, which has the same keys; undefined when none are. */
export function readGlobs({ globs, glob }: Readonly<Record<string, unknown>>): string[] | undefined {
  const named = globs ?? glob;
  return named === undefined || named === null ? undefined : [named].flat().filter((one) => typeof one === "string");
}

/** A folder, or one for each operating system. */
export function folderFor(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return isJsonObject(value) && typeof value.linux === "string" ? value.linux : undefined;
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> => (isJsonObject(value) ? value : {});
