import type { TransactionalDatabase } from "../db/client.ts";
import { pgDatabase } from "../db/pg-client.ts";
import { findDatabaseUrl } from "../dev/database-url.ts";
import { readSettings } from "../dev/settings.ts";

/** An operator's statement may go through every row. */
export const STATEMENT_TIMEOUT_MS = 24 * 3_600_000;

/** Opens the database that DATABASE_URL names, else the embedded one, for as long as `work` takes. */
export async function withDatabase(command: string, work: (db: TransactionalDatabase) => Promise<void>): Promise<void> {
  const url = findDatabaseUrl(readSettings(process.env));
  const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName: `runledger ${command}` };
  const { db, end } = pgDatabase(url, 2, options);
  try {
    await work(db);
  } finally {
    await end();
  }
}
