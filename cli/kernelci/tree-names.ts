import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { storeTreeNames } from "../../db/upserts/kernelci/tree-names.ts";
import { withDatabase } from "../database.ts";
import { defineVerb } from "../verb.ts";

const TreesFile = z.object({ trees: z.record(z.string().min(1), z.object({ url: z.url({ protocol: /^https?$/ }) })) });

/** The map of a trees file, by repository; throws an Error that says what is wrong with the file. */
function readTreeNames(file: string): Map<string, string> {
  const { success, data, error } = TreesFile.safeParse(parse(readFileSync(file, "utf8")));
  if (!success) throw new Error(error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  const names = new Map<string, string>();
  for (const [name, { url }] of Object.entries(data.trees)) {
    const other = names.get(url);
    if (other !== undefined) throw new Error(`${url} is both ${other} and ${name}`);
    names.set(url, name);
  }
  return names;
}

/** Loads the map of tree names (contract part 02, tree names). */
export const treeNames = defineVerb({
  name: "tree-names",
  summary: "load the map of tree names",
  description: `A checkout of a repository in it gets that tree's name in place of the submitted one. The file is YAML or JSON, as the
original's trees file:

  trees:
    mainline:
      url: https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git

The map is then what the file says; names of other repositories are forgotten. It acts on submissions from then on, and
stored checkouts keep their names.`,
  argument: ["<file>", "the trees file"],
  values: z.object({ argument: z.string() }),
  async run({ argument: file }, output) {
    const names = readTreeNames(file);
    await withDatabase("kernelci tree-names", (db) => db.transaction((tx) => storeTreeNames(tx, names)));
    output.result({ repositories: names.size }, `${names.size} repositories have a tree name now.`);
  },
});
