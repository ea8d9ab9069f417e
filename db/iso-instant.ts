import { type SQL, sql } from "drizzle-orm";

/** An instant as ISO 8601 in UTC with milliseconds (`2026-01-02T03:04:05.678Z`), rendered by the database. */
export function isoInstant(instant: SQL): SQL {
  return sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
