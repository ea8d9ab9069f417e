import { pgDatabase } from "../../../db/pg-client.ts";
import { databaseTakesWrites } from "../../../db/queries/ledger/database-answers.ts";

/** Longer than a database under load takes for a question without tables. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Looks whether a database answers and takes writes, by a connection of its own: the consumer's may all be busy. */
export function watchDatabase(url: string): { takesWrites(): Promise<boolean>; end(): Promise<void> } {
  const options = { applicationName: "runledger-consumer-watch", statementTimeoutMs: STATEMENT_TIMEOUT_MS };
  const { db, end } = pgDatabase(url, 1, options);
  return { takesWrites: () => databaseTakesWrites(db), end };
}
