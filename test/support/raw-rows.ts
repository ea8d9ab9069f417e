import type { SQL } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../db/client.ts";

const AnyRow = z.record(z.string(), z.unknown());

/** Rows of a statement as the driver gives them, for tests of drivers and of what is stored. */
export async function rawRows(db: Database, statement: SQL): Promise<z.infer<typeof AnyRow>[]> {
  return await rows(db, AnyRow, statement);
}
