import { clearObjects } from "../../db/upserts/kernelci/clear.ts";
import { countOf } from "./arguments.ts";
import { onDatabase, runCommand } from "./command.ts";
import { confirmed } from "./confirm.ts";
import { fill } from "./fill.ts";

const USAGE = `Usage: npm run kernelci:seed -- [options]

Stores made-up submissions of the last days, as the consumer stores real ones. Stopped half-way, the same command stores
what is missing.

  --trees N      branches, 3 by default
  --checkouts N  checkouts of each branch, one a day, 5 by default
  --builds N     builds of each checkout, 10 by default
  --tests N      tests of each build, 40 by default
  --clear        deletes all objects first, and asks before
  --yes          deletes without asking`;

const OPTIONS = {
  trees: { type: "string" },
  checkouts: { type: "string" },
  builds: { type: "string" },
  tests: { type: "string" },
  clear: { type: "boolean" },
  yes: { type: "boolean" },
} as const;

await runCommand(USAGE, OPTIONS, async (values) => {
  const amounts = {
    trees: countOf("trees", values.trees, 3),
    checkouts: countOf("checkouts", values.checkouts, 5),
    builds: countOf("builds", values.builds, 10),
    tests: countOf("tests", values.tests, 40),
  };
  const total = amounts.trees * amounts.checkouts * amounts.builds * amounts.tests;
  await onDatabase("seed", async (db) => {
    if (values.clear) {
      if (!(await confirmed("Delete every checkout, build, test, issue and incident?", values.yes))) return;
      await db.transaction((tx) => clearObjects(tx));
      console.log("Cleared.");
    }
    await fill(db, amounts, (tests) => console.log(`${tests} of ${total} tests stored`));
  });
});
