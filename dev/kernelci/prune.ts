import type { TransactionalDatabase } from "../../db/client.ts";
import { instantBefore } from "../../db/queries/kernelci/instant.ts";
import {
  countPrunable,
  oldRows,
  type PrunableTable,
  type Pruning,
  type Root,
} from "../../db/queries/kernelci/prunable.ts";
import { pruneBatch } from "../../db/upserts/kernelci/prune.ts";
import { ageOf, countOf, wordsOf } from "./arguments.ts";
import { onDatabase, runCommand, UsageError } from "./command.ts";
import { confirmed } from "./confirm.ts";

const USAGE = `Usage: npm run kernelci:prune -- --older-than "30 days" [options]

Deletes checkouts, builds and tests that were last submitted longer ago, with the children of what is deleted, whatever
their age or origin. What has an incident stays, and what that belongs to.

  --older-than AGE         a number of minutes, hours, days, weeks, months or years
  --origins a,b            only what these origins submitted; all by default
  --tables a,b             of checkouts, builds, tests; all by default
  --batch-size N           rows that one transaction deletes, 10000 by default
  --skip-issue-protection  deletes what has incidents too
  --dry-run                only says how much would go
  --yes                    deletes without asking`;

const TABLES = ["checkouts", "builds", "tests"] as const;

/** Rows whose age is looked at in one page: a checkout brings thousands along. */
const PAGE: Readonly<Record<PrunableTable, number>> = { checkouts: 20, builds: 500, tests: 10_000 };

const OPTIONS = {
  "older-than": { type: "string" },
  origins: { type: "string" },
  tables: { type: "string" },
  "batch-size": { type: "string" },
  "skip-issue-protection": { type: "boolean" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
} as const;

await runCommand(USAGE, OPTIONS, async (values) => {
  const age = ageOf("older-than", values["older-than"]);
  const origins = wordsOf("origins", values.origins);
  const tables = tablesOf(wordsOf("tables", values.tables));
  const batch = countOf("batch-size", values["batch-size"], 10_000);
  await onDatabase("prune", async (db) => {
    const before = await instantBefore(db, age);
    const pruning = { before, origins, tables, keepsIncidents: !values["skip-issue-protection"] };
    const total = await countPrunable(db, pruning);
    console.log(`Last submitted before ${pruning.before}: ${worded(total)}.`);
    if (values["dry-run"] || Object.values(total).every((count) => count === 0)) return;
    if (!(await confirmed(`Delete ${worded(total)}?`, values.yes))) return;
    const done = await prune(db, pruning, batch, total);
    console.log(`Deleted ${worded(done)}.`);
  });
});

type Counts = Record<PrunableTable, number>;

/** Parents first, so that most children go with them; every batch is a transaction of its own. */
async function prune(db: TransactionalDatabase, pruning: Pruning, batch: number, total: Counts): Promise<Counts> {
  const done = { checkouts: 0, builds: 0, tests: 0 };
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
        if (went > 0) console.log(TABLES.map((name) => `${name} ${done[name]} of ${total[name]}`).join(", "));
      }
    }
  return done;
}

function worded(counts: Counts): string {
  return TABLES.map((name) => `${counts[name]} ${name}`).join(", ");
}

function tablesOf(words: readonly string[] | undefined): readonly PrunableTable[] {
  if (words === undefined) return TABLES;
  const unknown = words.find((word) => !TABLES.some((name) => name === word));
  if (unknown !== undefined) throw new UsageError(`--tables are ${TABLES.join(", ")}, not ${unknown}`);
  return TABLES.filter((name) => words.includes(name));
}
