import type { SQL } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { databaseFault } from "../../errors.ts";

/** `unique_violation`. */
const TAKEN = "23505";

/** Whatever row a change returns says that there was one. */
const ChangedRow = z.object({});

/** What became of a change: `unknown` when there is no such row, `conflict` when another has that name. */
export type Changed = "done" | "unknown" | "conflict";

/** Runs a statement that changes, and returns, at most one row. */
export async function changed(db: Database, statement: SQL): Promise<Changed> {
  try {
    const row = await firstRow(db, ChangedRow, statement);
    return row === undefined ? "unknown" : "done";
  } catch (error) {
    if (databaseFault(error)?.code === TAKEN) return "conflict";
    throw error;
  }
}
