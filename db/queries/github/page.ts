import { type SQL, sql } from "drizzle-orm";

/** One page of a list, counted from 1. */
export type Page = { page: number; perPage: number };

/** `limit … offset …` of a page. */
export function limitOf({ page, perPage }: Page): SQL {
  return sql`limit ${perPage} offset ${(page - 1) * perPage}`;
}
