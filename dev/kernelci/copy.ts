import type { TransactionalDatabase } from "../../db/client.ts";
import { databaseFault } from "../../db/errors.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { countToCopy, layoutOf, type Place, rowsToCopy } from "../../db/queries/kernelci/copied-rows.ts";
import { instantBefore } from "../../db/queries/kernelci/instant.ts";
import type { Objects } from "../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { databaseUrlOf } from "../scrape/database.ts";
import { readSettings } from "../settings.ts";
import { countOf } from "./arguments.ts";
import { onDatabase, runCommand, STATEMENT_TIMEOUT_MS, UsageError } from "./command.ts";
import { copiedObjects } from "./copied-objects.ts";
import { type Cursor, cursorFile, readCursor, removeCursor, writeCursor } from "./copy-cursor.ts";

const USAGE = `Usage: npm run kernelci:copy -- --from <postgres-url> --days N [options]

Copies the checkouts, builds, tests, issues and incidents that another database ingested in the last N days: one of the
original's layout (its tables in public) or of ours (in kernelci). Times of ingestion are kept. Stopped half-way, the same
command goes on where it was; called again, it does no harm.

  --page-size N   rows that one transaction stores, 2000 by default
  --restart       from the start, whatever an earlier copy did`;

const OPTIONS = {
  from: { type: "string" },
  days: { type: "string" },
  "page-size": { type: "string" },
  restart: { type: "boolean" },
} as const;

const TABLES = ["checkouts", "builds", "tests", "issues", "incidents"] as const;
const DEADLOCK = "40P01";

await runCommand(USAGE, OPTIONS, async (values) => {
  const { from } = values;
  if (from === undefined || !/^postgres(ql)?:\/\//.test(from) || !URL.canParse(from))
    throw new UsageError("--from must be a postgres:// URL");
  if (values.days === undefined) throw new UsageError("--days is missing");
  const days = countOf("days", values.days, 7);
  const pageSize = countOf("page-size", values["page-size"], 2_000);
  const settings = readSettings(process.env);
  const file = cursorFile(settings.dataDir, from, databaseUrlOf(settings), days);
  if (values.restart) removeCursor(file);
  const source = pgDatabase(from, 1, {
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    applicationName: "runledger kernelci copy",
  });
  try {
    await onDatabase("copy", (db) => copy(source.db, db, { file, days, pageSize }));
  } finally {
    await source.end();
  }
});

type Copying = { file: string; days: number; pageSize: number };

async function copy(source: TransactionalDatabase, db: TransactionalDatabase, { file, days, pageSize }: Copying) {
  const layout = await layoutOf(source);
  const begun = readCursor(file);
  const {
    since,
    table: first,
    after,
  }: Cursor = begun ?? {
    since: await instantBefore(source, `${days} days`),
    table: "checkouts",
  };
  if (begun === undefined) console.log(`Copying what was ingested since ${since}.`);
  else console.log(`Going on with what was ingested since ${since}: ${first} ${standing(after)} (${file}).`);
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
      console.log(`${table}: ${copied} rows of ${total}, ${standing(place)}`);
    }
  }
  removeCursor(file);
  console.log("Everything is copied.");
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
