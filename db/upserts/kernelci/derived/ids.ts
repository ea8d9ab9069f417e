import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import * as z from "zod";
import { type Database, rows } from "../../../client.ts";

/** A list of ids as one parameter, to be read as rows of one text column. */
export function idsOf(ids: Iterable<string>): SQL {
  return sql`select jsonb_array_elements_text(${JSON.stringify([...ids])}::jsonb) as id`;
}

const IdRow = z.object({ id: z.string() });

/** The column `id` of a statement's rows. */
export async function listIds(db: Database, statement: SQL): Promise<string[]> {
  return (await rows(db, IdRow, statement)).map(({ id }) => id);
}

/** The ids of a relation as one JSON list, to be read as `Ids`. */
export function jsonIds(from: SQL): SQL {
  return sql`(select coalesce(json_agg(r.id), '[]') from ${from} as r)`;
}

export const Ids = z.array(z.string());

/**
 * Joins rows one by one through an index: `offset 0` keeps the planner, which knows nothing of how long a list is, from
 * reading whole tables.
 */
export function eachOf(table: PgTable, alias: string, match: string): SQL {
  return sql`cross join lateral (select * from ${table} where ${sql.raw(match)} offset 0) ${sql.raw(alias)}`;
}
