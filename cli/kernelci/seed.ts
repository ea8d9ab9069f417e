import * as z from "zod";
import { clearObjects } from "../../db/upserts/kernelci/clear.ts";
import { confirmed } from "../confirm.ts";
import { withDatabase } from "../database.ts";
import { count, flag } from "../values.ts";
import { defineVerb } from "../verb.ts";
import { fill } from "./fill.ts";

const Values = z.object({
  trees: count("--trees").default(3),
  checkouts: count("--checkouts").default(5),
  builds: count("--builds").default(10),
  tests: count("--tests").default(40),
  clear: flag,
  yes: flag,
});

/** Stores made-up submissions, as the consumer stores real ones. */
export const seed = defineVerb({
  name: "seed",
  summary: "store made-up submissions of the last days",
  description: "Stopped half-way, the same command stores what is missing.",
  options: [
    ["--trees <n>", "branches (default: 3)"],
    ["--checkouts <n>", "checkouts of each branch, one a day (default: 5)"],
    ["--builds <n>", "builds of each checkout (default: 10)"],
    ["--tests <n>", "tests of each build (default: 40)"],
    ["--clear", "delete all objects first, after asking"],
    ["--yes", "delete without asking"],
  ],
  values: Values,
  async run({ clear, yes, ...amounts }, output) {
    const total = amounts.trees * amounts.checkouts * amounts.builds * amounts.tests;
    await withDatabase("kernelci seed", async (db) => {
      if (clear) {
        if (!(await confirmed("Delete every checkout, build, test, issue and incident?", yes))) return;
        await db.transaction((tx) => clearObjects(tx));
        output.say("Cleared.");
      }
      let stored = 0;
      await fill(db, amounts, (tests) => {
        stored = tests;
        output.progress(`${tests} of ${total} tests stored`);
      });
      output.result({ tests: stored });
    });
  },
});
