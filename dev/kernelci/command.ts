import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import type { TransactionalDatabase } from "../../db/client.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { databaseUrlOf } from "../scrape/database.ts";
import { readSettings } from "../settings.ts";

/** An operator's statement may go through every row. */
export const STATEMENT_TIMEOUT_MS = 24 * 3_600_000;

/** What was asked for cannot be: told with the usage, exit status 2. */
export class UsageError extends Error {}

/** Runs an operator's command on its parsed options; what stops it is told in words, without stacks or statements. */
export async function runCommand<O extends ParseArgsOptionsConfig>(
  usage: string,
  options: O,
  work: (values: ReturnType<typeof parseArgs<{ options: O }>>["values"], positionals: string[]) => Promise<void>,
  { allowPositionals = false } = {},
): Promise<void> {
  try {
    const { values, positionals } = parse(options, allowPositionals);
    await work(values, positionals);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    console.error(isUsage ? `${error.message}\n\n${usage}` : told(error));
    process.exitCode = isUsage ? 2 : 1;
  }
}

function parse<O extends ParseArgsOptionsConfig>(options: O, allowPositionals: boolean) {
  try {
    return parseArgs<{ options: O; allowPositionals: boolean }>({ options, allowPositionals });
  } catch (error) {
    throw new UsageError(told(error));
  }
}

/** Opens the database that DATABASE_URL names, else the embedded one, for as long as `work` takes. */
export async function onDatabase(name: string, work: (db: TransactionalDatabase) => Promise<void>): Promise<void> {
  const url = databaseUrlOf(readSettings(process.env));
  const options = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName: `runledger kernelci ${name}` };
  const { db, end } = pgDatabase(url, 1, options);
  try {
    await work(db);
  } finally {
    await end();
  }
}

function told(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message : String(inner);
}
