import { type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { type Database, firstRow, maxBytesOf, onlyRow, rows } from "../client.ts";
import { type DatabaseFault, databaseFault } from "../errors.ts";

/** What was asked for takes more bytes than one answer may have (RESPONSE_MAX_BYTES). */
export class ResponseTooLarge extends Error {
  override name = "ResponseTooLarge";

  constructor(maxBytes: number) {
    super(`The answer would take more than ${maxBytes} bytes.`);
  }
}

/** `rows` of a reading statement, each of at most the bytes that an answer may have. Throws ResponseTooLarge. */
export function boundedRows<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T[]> {
  return refusingLarge(db, rows(db, row, bounded(db, statement)));
}

/** `firstRow` of a reading statement, of at most the bytes that an answer may have. Throws ResponseTooLarge. */
export function firstBoundedRow<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T | undefined> {
  return refusingLarge(db, firstRow(db, row, bounded(db, statement)));
}

/** `onlyRow` of a reading statement, of at most the bytes that an answer may have. Throws ResponseTooLarge. */
export function onlyBoundedRow<T>(db: Database, row: z.ZodType<T>, statement: SQL): Promise<T> {
  return refusingLarge(db, onlyRow(db, row, bounded(db, statement)));
}

const FAILED_CAST = "RESPONSE_TOO_LARGE";
/** A value of more than a gigabyte, by its SQLSTATE or in PostgreSQL's words. */
const isBeyondServer = ({ code, message }: DatabaseFault) =>
  code.startsWith("54") || message.startsWith("invalid memory alloc request size");

/** A larger row stays in the database: a cast that fails is the one way to end a plain statement from within. */
function bounded(db: Database, statement: SQL): SQL {
  const { response } = maxBytesOf(db);
  // The offset keeps the planner from working out each column a second time for its size.
  return sql`select answer.* from (select * from (${statement}) as asked offset 0) as answer
    where case when pg_column_size(answer.*) <= ${response}::bigint then true
      else (${FAILED_CAST}::text || pg_column_size(answer.*))::boolean end`;
}

async function refusingLarge<T>(db: Database, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const fault = databaseFault(error);
    if (fault !== undefined && (fault.message.includes(FAILED_CAST) || isBeyondServer(fault)))
      throw new ResponseTooLarge(maxBytesOf(db).response);
    throw error;
  }
}
