import { findTestGroups } from "../../../../db/queries/qaboard/test-groups.ts";
import { parseFilePath } from "../../../files/file-path.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import { parseYaml } from "../../../yaml-text/parse-yaml.ts";
import type { Services } from "../../env.ts";
import type { TestCommit } from "./test-commit.ts";

const MAX_FILES = 20;
const MAX_BYTES = 128 * 1024;

/** Texts of batches: those among a commit's artifacts, and saved groups, which override them. */
export type BatchFiles = { ofCommit: string[]; saved: string[] };

/** Reads the batch files that a commit's configuration names, as far as they are there, and saved groups. */
export async function readBatchFiles(
  { files, db }: Services,
  project: string,
  { config, artifacts }: TestCommit,
  groups: readonly string[],
): Promise<BatchFiles> {
  const inputs = isJsonObject(config.inputs) ? config.inputs : {};
  const named = [inputs.groups ?? inputs.batches ?? []].flat().filter((name) => typeof name === "string");
  const ofCommit: string[] = [];
  for (const name of named.slice(0, MAX_FILES)) {
    const path = parseFilePath(`${artifacts}/${name}`);
    const bytes = path === undefined ? undefined : await files.read(path, MAX_BYTES);
    if (bytes !== undefined) ofCommit.push(new TextDecoder().decode(bytes));
  }
  const found = await findTestGroups(db, project, groups.slice(0, MAX_FILES));
  return { ofCommit, saved: groups.flatMap((name) => found.get(name) ?? []) };
}

/** The values of YAML texts; throws YamlError. */
export function parseBatchFiles({ ofCommit, saved }: BatchFiles): unknown[] {
  return [...ofCommit, ...saved].map(parseYaml);
}
