import { type SQL, sql } from "drizzle-orm";
import { type Database, maxBytesOf } from "../client.ts";

/** Bytes that the items of a page may have together (PAGE_MAX_BYTES); one item is always shown. */
export function maxPageBytes(db: Database): number {
  return maxBytesOf(db).page;
}

/** How much larger than stored a compressed document is taken to be; ordinary JSON shrinks to no less than an eighth. */
const EXPANSION = 8;

/**
 * Bytes of a page's document, seen without reading it. PostgreSQL's compression stores a text in a ninetieth of its size at best,
 * so that documents whose sizes are a page's bytes together never take more than some 190 MB.
 */
export function documentSize(json: SQL): SQL {
  return sql`pg_column_size(${json}) * case when pg_column_compression(${json}) is null then 1 else ${sql.raw(String(EXPANSION))} end`;
}

/**
 * CTEs that cut a page of `rendered (item, turn)`, of which the question found `found`: `sized` with running sizes, and `cut
 * (per_page)`, the items that are shown. What does not fit makes the pages of this answer smaller: their size divides the
 * one that was asked for, so that the pages of a client that follows the answer meet at the same places.
 */
export function cutPage(db: Database, rendered: SQL, found: SQL, perPage: number): SQL {
  const n = sql`${perPage}::integer`;
  return sql`rendered as materialized (${rendered}), sized as (
      select item, turn, sum(octet_length(item)) over (order by turn) as size from rendered
    ), counted as (
      select ${found} as found, count(*) filter (where size <= ${maxPageBytes(db)} or turn = 1) as fits from sized
    ), cut as (
      select case when fits >= found then ${n} else (
        select max(d) from generate_series(1, least(greatest(fits, 1)::integer, ${n})) d where ${n} % d = 0
      ) end as per_page from counted
    )`;
}

/** The shown items as the text of a JSON array. */
export const SHOWN_ITEMS = sql`(
    select '[' || coalesce(string_agg(item, ',' order by turn), '') || ']' from sized where turn <= cut.per_page
  )`;
