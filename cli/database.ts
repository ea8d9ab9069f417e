import type { TransactionalDatabase } from "../db/client.ts";
import { pgDatabase } from "../db/pg-client.ts";
import { findDatabaseUrl } from "../dev/database-url.ts";
import { readSettings } from "../dev/settings.ts";

/** An operator's statement may go through every row. */
export const STATEMENT_TIMEOUT_MS = 24 * 3_600_000;

/** Opens the database that DATABASE_URL names, else the embedded one, for as long as `work` takes. */
export async function withDatabase<T>(command: string, work: (db: TransactionalDatabase) => Promise<T>): Promise<T> {
  const url = findDatabaseUrl(readSettings(process.env));
  const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName: `runledger ${command}` };
  const { db, end } = pgDatabase(url, 2, options);
  try {
    return await work(db);
  } finally {
    await end();
  }
}
