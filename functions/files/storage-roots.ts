import * as z from "zod";

/** Where files are unless a configuration says it, or what it says cannot be read. */
const STANDARD = "/mnt/qaboard";

/** The folders that artifacts and outputs of all repositories are in. */
export type StorageRoots = { artifacts: string; outputs: string };

/** A folder, or one for each operating system. */
const Location = z.union([z.string(), z.object({ linux: z.string() }).transform(({ linux }) => linux)]);
const Storage = z.union([
  Location.transform((folder) => ({ artifacts: folder, outputs: folder })),
  z.object({ artifacts: Location, outputs: Location }),
]);

/** What a configuration says of storage, as it stands there. */
export type ConfiguredStorage = { storage?: unknown; ciRoot?: unknown } | null;

/**
 * Reads the storage roots of a configuration (QA-Board contract section 2.2): the legacy `ci_root` wins over `storage`; names in
 * braces are filled in. Whatever cannot be read gives the standard folder.
 */
export function storageRoots(
  configured: ConfiguredStorage,
  names: { project: string; subproject: string; user: string },
): StorageRoots {
  const spec = configured?.ciRoot ?? configured?.storage;
  const read = Storage.safeParse(spec);
  if (!read.success) return { artifacts: STANDARD, outputs: STANDARD };
  try {
    return { artifacts: fillIn(read.data.artifacts, names), outputs: fillIn(read.data.outputs, names) };
  } catch {
    return { artifacts: STANDARD, outputs: STANDARD };
  }
}

/** Whether a configuration says anything of storage. */
export function saysStorage(configured: ConfiguredStorage): boolean {
  const { storage } = configured ?? {};
  const isEmpty = typeof storage === "object" && storage !== null && Object.keys(storage).length === 0;
  return Boolean(storage) && !isEmpty;
}

function fillIn(folder: string, names: Readonly<Record<string, string>>): string {
  return folder.replace(/\{(\w*)\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new TypeError(`no value for {${name}}`);
    return value;
  });
}
