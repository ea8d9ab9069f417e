import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";

/** One page of a list, counted from 1. */
export type Page = { page: number; perPage: number };

/** `limit … offset …` of a page. */
export function limitOf({ page, perPage }: Page): SQL {
  return sql`limit ${perPage} offset ${(page - 1) * perPage}`;
}

/** What a page of a list comes with: how many match in all, and how many a page has: fewer than asked for when those are too large. */
export const Listed = z.object({ total: z.coerce.number(), perPage: z.coerce.number() });
export type Listed = z.infer<typeof Listed>;
