import * as z from "zod";
import { storeSubscriptions } from "../../db/upserts/kernelci/subscriptions.ts";
import { withDatabase } from "../database.ts";
import { defineVerb } from "../verb.ts";
import { readSubscriptions } from "./subscriptions/read-folder.ts";

/** Loads the subscription files (contract part 09, subscription files). */
export const subscriptions = defineVerb({
  name: "subscriptions",
  summary: "load who subscribed to which reports",
  description: `The folder holds YAML files as the original's: one or more trees each, or hardware platforms in files that end in
_hardware.yaml. The subscriptions are then what the files say. When anything is wrong with one of them, each fault is told
with its file and line, and the subscriptions stay as they are.`,
  argument: ["<folder>", "the folder of the files"],
  values: z.object({ argument: z.string() }),
  async run({ argument: folder }, output) {
    const read = readSubscriptions(folder);
    await withDatabase("kernelci subscriptions", (db) => db.transaction((tx) => storeSubscriptions(tx, read)));
    const [trees, reports, hardware] = [read.trees.length, read.reports.length, read.hardware.length];
    output.result(
      { trees, reports, hardware },
      `${trees} trees with ${reports} reports, and ${hardware} platforms, are subscribed to now.`,
    );
  },
});
