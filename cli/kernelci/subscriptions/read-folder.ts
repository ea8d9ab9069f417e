import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";
import type { Subscriptions } from "../../../db/schema/index.ts";
import { type ReadYaml, readYaml, YamlError } from "../../../functions/yaml-text/parse-yaml.ts";
import { HardwareFile, TreeFile } from "./file-shapes.ts";

const MAX_FILES = 1_000;
const MAX_BYTES = 131_072;
/** Of all files together: one answer lists them. */
const MAX_FOLDER_BYTES = 4_194_304;
/** More than anyone mends at once. */
const MAX_PROBLEMS = 50;

type Read = { file: string; yaml: ReadYaml };

/** All subscriptions of a folder's YAML files. Throws an Error that says of each fault in which file and line it stands. */
export function readSubscriptions(folder: string): Subscriptions {
  const problems: string[] = [];
  const names = listFiles(folder);
  const files = names.flatMap((file) => readFile(folder, file, problems));
  const trees = files
    .filter(({ file }) => !isHardware(file))
    .map((read) => [read.file, check(TreeFile, read, problems)] as const);
  const hardware = files
    .filter(({ file }) => isHardware(file))
    .flatMap((read) => {
      const found = Object.entries(check(HardwareFile, read, problems) ?? {});
      return found.map(([platform, { labs, origin, default_recipients }]) => ({
        ...{ platform, origin, labs, file: read.file, defaultRecipients: default_recipients },
        line: read.yaml.findLine([platform]),
      }));
    });
  problems.push(...repeated(hardware));
  if (problems.length > 0) throw new Error(problems.slice(0, MAX_PROBLEMS).join("\n"));
  const named = trees.flatMap(([file, found]) =>
    Object.entries(found ?? {}).map(([name, tree]) => ({ file, name, tree })),
  );
  return {
    trees: named.map(({ file, name, tree }) => ({
      file,
      name,
      url: tree.url,
      defaultRecipients: tree.default_recipients,
    })),
    reports: named.flatMap(({ file, name, tree }) =>
      tree.reports.map(({ options, path, ...report }, position) => ({
        ...{ ...report, file, tree: name, position, paths: path },
        ignoresDefaultRecipients: options.includes("ignore_default_recipients"),
      })),
    ),
    hardware: hardware.map(({ line: _, ...row }) => row),
  };
}

const isHardware = (file: string) => /_hardware\.ya?ml$/.test(file);

/** The YAML files of a folder, by name; whatever else lies there is no subscription. */
function listFiles(folder: string): string[] {
  const names = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  if (names.length === 0) throw new Error(`${folder} has no .yaml or .yml files.`);
  if (names.length > MAX_FILES) throw new Error(`${folder} has more than ${MAX_FILES} files.`);
  const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (bytes > MAX_FOLDER_BYTES) throw new Error(`The files of ${folder} have more than ${MAX_FOLDER_BYTES} bytes.`);
  return names;
}

function readFile(folder: string, file: string, problems: string[]): Read[] {
  const path = join(folder, file);
  try {
    if (statSync(path).size > MAX_BYTES) throw new YamlError(`The file is larger than ${MAX_BYTES} bytes.`);
    return [{ file, yaml: readYaml(readFileSync(path, "utf8"), { uniqueKeys: true }) }];
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    problems.push(`${file}:${error.line ?? 1}: ${error.message}`);
    return [];
  }
}

/** The value of a file, or undefined and what is wrong with it. */
function check<S extends z.ZodType>(shape: S, { file, yaml }: Read, problems: string[]): z.output<S> | undefined {
  const { success, data, error } = shape.safeParse(yaml.value);
  if (success) return data;
  for (const issue of error.issues) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
    for (const path of keys.length === 0 ? [issue.path] : keys.map((key) => [...issue.path, key])) {
      const reason = keys.length === 0 ? issue.message : "is not known here";
      problems.push(`${file}:${yaml.findLine(path)}: ${path.join(".") || "the file"} ${reason}`);
    }
  }
  return undefined;
}

/** Platforms of one origin that stand in the files twice. */
function repeated(hardware: readonly { platform: string; origin: string; file: string; line: number }[]): string[] {
  const seen = new Map<string, string>();
  return hardware.flatMap(({ platform, origin, file, line }) => {
    const key = `${origin}\0${platform}`;
    const other = seen.get(key);
    seen.set(key, file);
    return other === undefined ? [] : [`${file}:${line}: ${platform} of ${origin} stands in ${other} too`];
  });
}
