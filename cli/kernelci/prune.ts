import * as z from "zod";
import type { TransactionalDatabase } from "../../db/client.ts";
import { instantBefore } from "../../db/queries/kernelci/instant.ts";
import {
  countPrunable,
  oldRows,
  type PrunableTable,
  type Pruning,
  type Root,
} from "../../db/upserts/kernelci/prunable.ts";
import { pruneBatch } from "../../db/upserts/kernelci/prune.ts";
import { confirmed } from "../confirm.ts";
import { withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { age, count, flag, wordList } from "../values.ts";
import { defineVerb } from "../verb.ts";

const TABLES = ["checkouts", "builds", "tests"] as const;
const Table = z.enum(TABLES, { error: ({ input }) => `--tables are ${TABLES.join(", ")}, not ${input}` });

/** Rows whose age is looked at in one page: a checkout brings thousands along. */
const PAGE: Readonly<Record<PrunableTable, number>> = { checkouts: 20, builds: 500, tests: 10_000 };

const Values = z.object({
  olderThan: age("--older-than"),
  origins: wordList("--origins").optional(),
  tables: wordList("--tables")
    .pipe(z.array(Table))
    .default([...TABLES]),
  batchSize: count("--batch-size").default(10_000),
  skipIssueProtection: flag,
  dryRun: flag,
  yes: flag,
});

/** Deletes what was last submitted longer ago (contract part 09, `prune_db`). */
export const prune = defineVerb({
  name: "prune",
  summary: "delete checkouts, builds and tests that were last submitted long ago",
  description:
    "The children of what is deleted go with it, whatever their age or origin. What has an incident stays, and what that belongs to.",
  options: [
    ["--older-than <age>", 'a number of minutes, hours, days, weeks, months or years: "30 days"'],
    ["--origins <a,b>", "only what these origins submitted (default: all)"],
    ["--tables <a,b>", `of ${TABLES.join(", ")} (default: all)`],
    ["--batch-size <rows>", "rows that one transaction deletes (default: 10000)"],
    ["--skip-issue-protection", "delete what has incidents too"],
    ["--dry-run", "only say how much would go"],
    ["--yes", "delete without asking"],
  ],
  values: Values,
  async run({ olderThan, origins, tables, batchSize, skipIssueProtection, dryRun, yes }, output) {
    await withDatabase("kernelci prune", async (db) => {
      const before = await instantBefore(db, olderThan);
      const pruning = { before, origins, tables, keepsIncidents: !skipIssueProtection };
      const total = await countPrunable(db, pruning);
      output.say(`Last submitted before ${pruning.before}: ${worded(total)}.`);
      const isNothing = Object.values(total).every((found) => found === 0);
      if (dryRun || isNothing) return output.result({ before, found: total, deleted: NOTHING });
      if (!(await confirmed(`Delete ${worded(total)}?`, yes))) return;
      const deleted = await deleteBatches(db, { pruning, batch: batchSize, total }, output);
      output.result({ before, found: total, deleted }, `Deleted ${worded(deleted)}.`);
    });
  },
});

type Counts = Record<PrunableTable, number>;
const NOTHING: Counts = { checkouts: 0, builds: 0, tests: 0 };

/** Parents first, so that most children go with them; every batch is a transaction of its own. */
async function deleteBatches(
  db: TransactionalDatabase,
  { pruning, batch, total }: { pruning: Pruning; batch: number; total: Counts },
  output: Output,
): Promise<Counts> {
  const done = { ...NOTHING };
  for (const table of TABLES.filter((name) => pruning.tables.includes(name)))
    for (let last: Root | undefined; ; ) {
      const page = await oldRows(db, pruning, table, last, PAGE[table]);
      last = page.at(-1);
      if (last === undefined) break;
      const root = { table, ids: page.map(({ id }) => id) };
      for (let went = batch; went === batch; ) {
        const counts = await db.transaction((tx) => pruneBatch(tx, pruning, root, batch));
        went = counts.checkouts + counts.builds + counts.tests;
        for (const name of TABLES) done[name] += counts[name];
        if (went > 0) output.progress(TABLES.map((name) => `${name} ${done[name]} of ${total[name]}`).join(", "));
      }
    }
  return done;
}

function worded(counts: Counts): string {
  return TABLES.map((name) => `${counts[name]} ${name}`).join(", ");
}
