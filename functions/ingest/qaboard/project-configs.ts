import type { GitHost } from "../../git-host/git-host.ts";
import { isJsonObject } from "../../json-text/json-object.ts";
import { parseYaml, YamlError } from "../../yaml-text/parse-yaml.ts";
import { mergeConfig } from "./merge-config.ts";

/** A project of a repository, as a commit configures it. */
export type ProjectConfig = {
  /** Id of the project: the repository's, and the folder. */
  id: string;
  config: Record<string, unknown>;
  metrics: Record<string, unknown> | undefined;
};

const FILE = /^(?:(.*)\/)?(?:qaboard|qatools)\.yaml$/;
/** Projects of one repository; each is a file to read. */
const MAX_PROJECTS = 100;

/**
 * The projects of a commit: every folder with a `qaboard.yaml`, or `qatools.yaml`, configured from the root down to it
 * (contract section 8). Undefined when the host does not know the commit; a file that is no YAML counts as empty.
 */
export async function readProjects(
  host: GitHost,
  repository: string,
  hash: string,
): Promise<ProjectConfig[] | undefined> {
  const paths = await host.listFiles(repository, hash);
  if (paths === undefined) return undefined;
  const files = new Map<string, string>();
  for (const path of [...paths].sort()) {
    const folder = FILE.exec(path)?.[1] ?? "";
    if (FILE.test(path) && !files.has(folder) && files.size < MAX_PROJECTS) files.set(folder, path);
  }
  const read = async (path: string) => asObject(await host.readFile(repository, hash, path));
  const configs = new Map<string, Record<string, unknown>>();
  for (const [folder, path] of files) configs.set(folder, (await read(path)) ?? {});
  return await Promise.all(
    [...files.keys()].map(async (folder) => {
      const id = folder === "" ? repository : `${repository}/${folder}`;
      const merged = foldersDownTo(folder).reduce((above, at) => mergeConfig(above, configs.get(at) ?? {}), {});
      const config = mergeConfig(merged, { project: { name: id } });
      const metricsPath = isJsonObject(config.outputs) ? config.outputs.metrics : undefined;
      const metrics = typeof metricsPath === "string" ? await read(metricsPath) : undefined;
      return { id, config, metrics };
    }),
  );
}

/** The root, and every folder on the way. */
function foldersDownTo(folder: string): string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return ["", ...parts.map((_, at) => parts.slice(0, at + 1).join("/"))];
}

function asObject(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value = parseYaml(new TextDecoder().decode(bytes));
    return isJsonObject(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}
