import { type SQL, sql } from "drizzle-orm";
import type * as z from "zod";
import { type Database, firstRow, maxBytesOf, onlyRow, rows } from "../client.ts";
import { type DatabaseFault, databaseFault } from "../errors.ts";

/** What was asked for takes more than one answer may have: bytes (RESPONSE_MAX_BYTES), or rows. */
export class ResponseTooLarge extends Error {
  override name = "ResponseTooLarge";

  constructor(max: number, of: "bytes" | "rows") {
    super(
      of === "bytes" ? `The answer would take more than ${max} bytes.` : `The answer would hold more than ${max} rows.`,
    );
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

/**
 * `rows` of a reading statement that have at most the bytes of an answer together; `size` is a row's, over `asked`. Throws
 * ResponseTooLarge.
 */
export function allBoundedRows<T>(db: Database, row: z.ZodType<T>, statement: SQL, size: SQL): Promise<T[]> {
  const { response } = maxBytesOf(db);
  const summed = sql`select answer.* from (
      select asked.*, sum(${size}) over (rows between unbounded preceding and current row) as "bytesSoFar"
      from (${statement}) as asked
    ) as answer
    where case when "bytesSoFar" <= ${response}::bigint then true else (${FAILED_CAST}::text || "bytesSoFar")::boolean end`;
  return refusingLarge(db, rows(db, row, summed));
}

/** true when a statement gives at most so many rows, else the end of the whole statement, as ResponseTooLarge. */
export function hasAtMost(max: number, statement: SQL): SQL {
  // The text names the count, or the planner would work out the failing cast of a constant by itself.
  return sql`(select case when counted.found <= ${max}::bigint then true
      else (${FAILED_COUNT}::text || ${max}::text || ' ' || counted.found)::boolean end
    from (select count(*) as found from (${statement} limit ${max + 1}) as one) as counted)`;
}

const FAILED_CAST = "RESPONSE_TOO_LARGE";
const FAILED_COUNT = "RESPONSE_TOO_MANY:";
const TOO_MANY = new RegExp(`${FAILED_COUNT}(\\d+)`);
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
      throw new ResponseTooLarge(maxBytesOf(db).response, "bytes");
    const [, max] = TOO_MANY.exec(fault?.message ?? "") ?? [];
    if (max !== undefined) throw new ResponseTooLarge(Number(max), "rows");
    throw error;
  }
}
