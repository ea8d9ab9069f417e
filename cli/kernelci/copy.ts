import * as z from "zod";
import type { TransactionalDatabase } from "../../db/client.ts";
import { databaseFault } from "../../db/errors.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { countToCopy, layoutOf, type Place, rowsToCopy } from "../../db/queries/kernelci/copied-rows.ts";
import { instantBefore } from "../../db/queries/kernelci/instant.ts";
import type { Objects } from "../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../db/upserts/kernelci/store.ts";
import { findDatabaseUrl } from "../../dev/database-url.ts";
import { readSettings } from "../../dev/settings.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { cursorFile, readCursor, removeCursor, writeCursor } from "../copy-cursor.ts";
import { STATEMENT_TIMEOUT_MS, withDatabase } from "../database.ts";
import type { Output } from "../output.ts";
import { count, databaseUrl, flag } from "../values.ts";
import { defineVerb } from "../verb.ts";
import { copiedObjects } from "./copied-objects.ts";

const TABLES = ["checkouts", "builds", "tests", "issues", "incidents"] as const;
const DEADLOCK = "40P01";

const Values = z.object({
  from: databaseUrl("--from"),
  days: count("--days"),
  pageSize: count("--page-size").default(2_000),
  restart: flag,
});

/** How far a copy is: rows ingested since an instant, each table up to a place, the tables before `table` done. */
const Cursor = z.object({
  since: z.string(),
  table: z.enum(TABLES),
  after: z.object({ at: z.string(), id: z.string() }).optional(),
});
type Cursor = z.infer<typeof Cursor>;

/** Copies what another database ingested (contract part 09, `update_db`). */
export const copy = defineVerb({
  name: "copy",
  summary: "copy the objects that another database ingested in the last days",
  description:
    "It may have the original's layout (its tables in public) or ours (in kernelci). Times of ingestion are kept. Stopped half-way, the same command goes on where it was; called again, it does no harm.",
  options: [
    ["--from <url>", "the other database, postgres://user:password@host/name"],
    ["--days <n>", "how far back"],
    ["--page-size <rows>", "rows that one transaction stores (default: 2000)"],
    ["--restart", "from the start, whatever an earlier copy did"],
  ],
  values: Values,
  async run({ from, days, pageSize, restart }, output) {
    const settings = readSettings(process.env);
    const file = cursorFile(settings.dataDir, "kernelci", { from, to: findDatabaseUrl(settings), choices: [days] });
    if (restart) removeCursor(file);
    const source = pgDatabase(from, 1, {
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      applicationName: "runledger kernelci copy",
    });
    try {
      await withDatabase("kernelci copy", (db) => copyTables(source.db, db, { file, days, pageSize }, output));
    } finally {
      await source.end();
    }
  },
});

type Copying = { file: string; days: number; pageSize: number };

async function copyTables(
  source: TransactionalDatabase,
  db: TransactionalDatabase,
  { file, days, pageSize }: Copying,
  output: Output,
): Promise<void> {
  const counts: Record<string, number> = {};
  const layout = await layoutOf(source);
  const begun = readCursor(file, Cursor);
  const {
    since,
    table: first,
    after,
  }: Cursor = begun ?? {
    since: await instantBefore(source, `${days} days`),
    table: "checkouts",
  };
  if (begun === undefined) output.say(`Copying what was ingested since ${since}.`);
  else output.say(`Going on with what was ingested since ${since}: ${first} ${standing(after)} (${file}).`);
  for (const table of TABLES.slice(TABLES.indexOf(first))) {
    const total = await countToCopy(source, layout, table, since);
    let place: Place | undefined = table === first ? after : undefined;
    let copied = 0;
    for (;;) {
      writeCursor(file, { since, table, after: place });
      const rows = await rowsToCopy(source, { layout, table, since, after: place }, pageSize);
      const last = rows.at(-1);
      if (last === undefined) break;
      const objects = copiedObjects(
        table,
        rows.map(({ row }) => row),
      );
      await store(db, objects);
      place = { at: last.at, id: last.id };
      copied += rows.length;
      counts[table] = copied;
      output.progress(`${table}: ${copied} rows of ${total}, ${standing(place)}`);
    }
  }
  removeCursor(file);
  output.result({ since, copied: counts }, "Everything is copied.");
}

/** As the consumer does: where two transactions wait for each other, the database ends one, which is tried again. */
async function store(db: TransactionalDatabase, objects: Objects): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await db.transaction((tx) => storeSubmissions(tx, [{ receiptId: newReceiptId(), objects }]));
    } catch (error) {
      if (databaseFault(error)?.code !== DEADLOCK || tries === 10) throw error;
    }
}

function standing(place: Place | undefined): string {
  return place === undefined ? "from the start" : `up to ${place.at} ${place.id}`;
}
