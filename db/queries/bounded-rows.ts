import { type SQL, sql } from "drizzle-orm";
import { type Database, maxBytesOf, rowsOf } from "../client.ts";
import { type DatabaseFault, databaseFault } from "../errors.ts";

/** What was asked for takes more bytes than one answer may have (RESPONSE_MAX_BYTES). */
export class ResponseTooLarge extends Error {
  override name = "ResponseTooLarge";

  constructor(maxBytes: number) {
    super(`The answer would take more than ${maxBytes} bytes.`);
  }
}

const FAILED_CAST = "RESPONSE_TOO_LARGE";
/** A value of more than a gigabyte, by its SQLSTATE or in PostgreSQL's words. */
const isBeyondServer = ({ code, message }: DatabaseFault) =>
  code.startsWith("54") || message.startsWith("invalid memory alloc request size");

/**
 * Rows of a reading statement, each of at most the bytes that an answer may have. A larger one stays in the database: a cast
 * that fails is the one way to end a plain statement from within. Throws ResponseTooLarge.
 */
export async function boundedRows(db: Database, statement: SQL): Promise<Record<string, unknown>[]> {
  const { response } = maxBytesOf(db);
  try {
    // The offset keeps the planner from working out each column a second time for its size.
    return await rowsOf(
      db,
      sql`select answer.* from (select * from (${statement}) as asked offset 0) as answer
        where case when pg_column_size(answer.*) <= ${response}::bigint then true
          else (${FAILED_CAST}::text || pg_column_size(answer.*))::boolean end`,
    );
  } catch (error) {
    const fault = databaseFault(error);
    if (fault !== undefined && (fault.message.includes(FAILED_CAST) || isBeyondServer(fault)))
      throw new ResponseTooLarge(response);
    throw error;
  }
}
