import { readFileSync } from "node:fs";
import * as z from "zod";
import { databaseFault } from "../../db/errors.ts";
import { storeRegistry } from "../../db/upserts/kernelci/registry.ts";
import { withDatabase } from "../database.ts";
import { defineVerb } from "../verb.ts";
import { fetchRegistries, joinRegistries, readRegistry } from "./read-registry.ts";

const FOREIGN_KEY_VIOLATION = "23503";

/** Loads the hardware registry (contract part 09, update_hardware_registry). */
export const hardwareRegistry = defineVerb({
  name: "hardware-registry",
  summary: "load the hardware registry from a file, or from the files of an index",
  description: `A registry is YAML with the sections silicon_vendors, platform_vendors, processors, system_modules and platforms, each a
map of rows with an id. Rows are added or replaced by their id, all in one transaction; others stay. An index is a YAML or
JSON list of registry files (or an object whose \`files\` is one), relative to its address and on its host.`,
  argument: ["[file]", "the registry file"],
  options: [["--index <url>", "the index of registry files, in place of a file"]],
  values: z
    .object({
      argument: z.string().optional(),
      index: z.url({ protocol: /^https?$/, error: "--index must be an http:// or https:// URL" }).optional(),
    })
    .refine(
      ({ argument, index }) => (argument === undefined) !== (index === undefined),
      "give either a file or --index",
    ),
  async run({ argument: file, index }, output) {
    const files =
      index === undefined ? [readRegistry(file ?? "", readFileSync(file ?? "", "utf8"))] : await fetchRegistries(index);
    const registry = joinRegistries(files);
    try {
      await withDatabase("kernelci hardware-registry", (db) => db.transaction((tx) => storeRegistry(tx, registry)));
    } catch (error) {
      const fault = databaseFault(error);
      if (fault?.code !== FOREIGN_KEY_VIOLATION) throw error;
      throw new Error(`A row names a vendor, processor or module that is in no registry: ${fault.message}`);
    }
    const rows = Object.values(registry).reduce((sum, list) => sum + list.length, 0);
    output.result({ files: files.length, rows }, `${rows} rows of ${files.length} files are in the registry now.`);
  },
});
