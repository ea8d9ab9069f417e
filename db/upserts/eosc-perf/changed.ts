import type { SQL } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { databaseFault } from "../../errors.ts";

/** `unique_violation`. */
const TAKEN = "23505";

/** What became of a change: `unknown` when there is no such row, `conflict` when another has that name. */
export type Changed = "done" | "unknown" | "conflict";

/** Runs a statement that changes, and returns, at most one row. */
export async function changed(db: Database, statement: SQL): Promise<Changed> {
  try {
    const rows = await rowsOf(db, statement);
    return rows.length === 0 ? "unknown" : "done";
  } catch (error) {
    if (databaseFault(error)?.code === TAKEN) return "conflict";
    throw error;
  }
}
