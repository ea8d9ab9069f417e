import * as z from "zod";
import type { TransactionalDatabase } from "../../db/client.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { countCopiedRows, listCopiedRows } from "../../db/queries/qaboard/copied-rows.ts";
import { COPIED_TABLES } from "../../db/render/qaboard/copied-tables.ts";
import { storeCopiedRows } from "../../db/upserts/qaboard/copied.ts";
import { findDatabaseUrl } from "../../dev/database-url.ts";
import { readSettings } from "../../dev/settings.ts";
import { cleanJson } from "../../functions/json-text/clean.ts";
import { cursorFile, readCursor, removeCursor, writeCursor } from "../copy-cursor.ts";
import { STATEMENT_TIMEOUT_MS, withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { count, databaseUrl, flag } from "../values.ts";
import { defineVerb } from "../verb.ts";

const Values = z.object({
  from: databaseUrl("--from"),
  pageSize: count("--page-size").default(1_000),
  restart: flag,
});

/** How far a copy is: the tables before `table` are done, and of it the rows up to the key `after`. */
const Cursor = z.object({ table: z.enum(COPIED_TABLES), after: z.string().optional() });
type Cursor = z.infer<typeof Cursor>;

/** Copies what a running original holds (contract section 2). */
export const copy = defineVerb({
  name: "copy",
  summary: "copy projects, commits, batches, inputs, outputs and users of a running original",
  description:
    "Rows are found by what they are called, not by their ids, and the original's values win. Stopped half-way, the same command goes on where it was; called again, it copies what is new. Files are not copied.",
  options: [
    ["--from <url>", "the original's database, postgres://user:password@host/name"],
    ["--page-size <rows>", "rows that one statement stores (default: 1000)"],
    ["--restart", "from the start, whatever an earlier copy did"],
  ],
  values: Values,
  async run({ from, pageSize, restart }, output) {
    const settings = readSettings(process.env);
    const file = cursorFile(settings.dataDir, "qaboard", { from, to: findDatabaseUrl(settings) });
    if (restart) removeCursor(file);
    const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName: "runledger qaboard copy" };
    const source = pgDatabase(from, 1, options);
    try {
      await withDatabase("qaboard copy", (db) => copyTables(source.db, db, { file, pageSize }, output));
    } finally {
      await source.end();
    }
  },
});

async function copyTables(
  source: TransactionalDatabase,
  db: TransactionalDatabase,
  { file, pageSize }: { file: string; pageSize: number },
  output: Output,
): Promise<void> {
  const counts: Record<string, number> = {};
  const begun: Cursor = readCursor(file, Cursor) ?? { table: COPIED_TABLES[0] };
  for (const table of COPIED_TABLES.slice(COPIED_TABLES.indexOf(begun.table))) {
    const total = await countCopiedRows(source, table);
    let after = table === begun.table ? begun.after : undefined;
    counts[table] = 0;
    for (;;) {
      writeCursor(file, { table, after });
      const rows = await listCopiedRows(source, table, after, pageSize);
      const last = rows.at(-1);
      if (last === undefined) break;
      // The original's json columns hold escapes of NUL, which ours cannot.
      const texts = rows.map(({ row }) => cleanJson(row, () => false).text);
      await storeCopiedRows(db, table, texts);
      after = last.key;
      counts[table] += rows.length;
      output.progress(`${table}: ${counts[table]} rows of ${total}, up to ${after}`);
    }
  }
  removeCursor(file);
  output.result({ copied: counts }, "Everything is copied.");
}
