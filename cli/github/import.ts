import * as z from "zod";
import type { TransactionalDatabase } from "../../db/client.ts";
import { findDatabaseUrl } from "../../dev/database-url.ts";
import { readSettings } from "../../dev/settings.ts";
import { cursorFile, readCursor, removeCursor, writeCursor } from "../copy-cursor.ts";
import { withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { count, flag, mysqlUrl } from "../values.ts";
import { defineVerb } from "../verb.ts";
import { storePage } from "./imported-page.ts";
import { ORIGINAL_TABLES, type OriginalDatabase, openOriginal } from "./original-database.ts";

const Values = z.object({
  from: mysqlUrl("--from"),
  pageSize: count("--page-size").default(1_000),
  restart: flag,
});

/** How far an import is: the tables before `table` are done, and of it the rows up to the `Id` `after`. */
const Cursor = z.object({ table: z.enum(ORIGINAL_TABLES), after: z.string() });

/** Imports what a running original holds and GitHub no longer has (contract section 1). */
export const importOriginal = defineVerb({
  name: "import",
  summary: "import the history of a running original: runs, branches, commits and workflows that GitHub no longer has",
  description:
    "Scrape first what GitHub still has: whatever is known here stays as it is. Repositories that nobody here knows get an id of their own. Stopped half-way, the same command goes on where it was; called again, it adds what is new.",
  options: [
    ["--from <url>", "the original's database, mysql://user:password@host/name"],
    ["--page-size <rows>", "rows that one transaction stores (default: 1000)"],
    ["--restart", "from the start, whatever an earlier import did"],
  ],
  values: Values,
  async run({ from, pageSize, restart }, output) {
    const settings = readSettings(process.env);
    const file = cursorFile(settings.dataDir, "github", { from, to: findDatabaseUrl(settings) });
    if (restart) removeCursor(file);
    const source = await openOriginal(from);
    try {
      await withDatabase("github import", (db) => importTables(source, db, { file, pageSize }, output));
    } finally {
      await source.end();
    }
  },
});

async function importTables(
  source: OriginalDatabase,
  db: TransactionalDatabase,
  { file, pageSize }: { file: string; pageSize: number },
  output: Output,
): Promise<void> {
  const stored: Record<string, number> = {};
  let skipped = 0;
  const cursor = readCursor(file, Cursor);
  if (cursor !== undefined) output.say(`Going on with ${cursor.table} beyond Id ${cursor.after} (${file}).`);
  const begun = cursor ?? { table: ORIGINAL_TABLES[0], after: "0" };
  for (const table of ORIGINAL_TABLES.slice(ORIGINAL_TABLES.indexOf(begun.table))) {
    const total = await source.count(table);
    let after = table === begun.table ? begun.after : "0";
    let seen = 0;
    stored[table] = 0;
    for (;;) {
      writeCursor(file, { table, after });
      const rows = await source.list(table, after, pageSize);
      const last = rows.at(-1)?.id;
      if (last === undefined || last === null) break;
      const page = await db.transaction((tx) => storePage(tx, table, rows, output));
      after = last;
      seen += rows.length;
      stored[table] += page.stored;
      skipped += page.skipped;
      output.progress(`${table}: ${seen} rows of ${total}, ${stored[table]} of them new, up to Id ${after}`);
    }
  }
  removeCursor(file);
  const rest = skipped === 0 ? "" : ` ${skipped} rows could not be read.`;
  output.result({ stored, skipped }, `Everything is imported.${rest}`);
}
