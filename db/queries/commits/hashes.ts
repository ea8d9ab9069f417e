import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";

/** Hashes that one look-up names at most. */
export const MAX_HASHES = 20;

/** What every source says of a beginning of a hash: the full hashes it knows, one more than `MAX_HASHES` where there are more. */
export const Hashes = z.object({ hashes: z.array(z.string()) });

/**
 * The CTEs `hash`, full hashes among `candidates` (a select of one column), and `one`, that hash when it is the only one. The
 * rest of a statement joins `one`, so that a look-up by a beginning costs one round trip too.
 */
export function hashesAmong(candidates: SQL): SQL {
  return sql`hash as materialized (
      select distinct candidate.sha from (${candidates}) as candidate (sha)
      where candidate.sha ~ '^([0-9a-f]{40}|[0-9a-f]{64})$' limit ${MAX_HASHES + 1}
    ), one as materialized (select sha from hash where (select count(*) from hash) = 1)`;
}

/** The column `hashes` of a row of `Hashes`. */
export const HASHES = sql`(select coalesce(json_agg(sha order by sha), '[]') from hash) as hashes`;

/** All rows of a CTE as a JSON array, in an order. */
export function listOf(cte: string, order: SQL): SQL {
  return sql`(select coalesce(json_agg(row_to_json(item) order by ${order}), '[]') from ${sql.identifier(cte)} as item)`;
}

/** A sender's text, no longer than a page shows. */
export const brief = (column: SQL) => sql`left(${column}, 500)`;

/** An instant as ISO 8601 in UTC, to the second. */
export const utc = (column: SQL) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** The same of a column that is UTC without zone. */
export const naiveUtc = (column: SQL) => sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
