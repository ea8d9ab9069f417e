import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";

/**
 * A page of a list: how many match in all, the page's items as the text of a JSON array, and how many a page has at most:
 * fewer than were asked for when those would be too many bytes.
 */
export const Listed = z.object({ total: z.coerce.number(), items: z.string(), perPage: z.coerce.number() });
export type Listed = z.infer<typeof Listed>;

/** Which page, counted from 1. */
export type Page = { page: number; per_page: number };

/** Far beyond every list, and within what `offset` takes. */
const LAST_PAGE = 1_000_000_000;

/**
 * One page in one round trip. `from` names tables and joins, `where` are conditions that must all hold, `item` is the
 * JSON of a row, `order` its `order by`. Undefined when `exists`, if given, does not hold.
 */
export async function listed(
  db: Database,
  question: { from: SQL; where: readonly SQL[]; item: SQL; order: SQL; page: Page; exists?: SQL },
): Promise<Listed | undefined> {
  const { from, item, order, page, exists = sql`true` } = question;
  const where = question.where.length === 0 ? sql`true` : sql.join([...question.where], sql` and `);
  const offset = (Math.min(page.page, LAST_PAGE) - 1) * page.per_page;
  const rendered = sql`select item::text as item, row_number() over () as turn from (
      select ${item} as item from ${from} where ${where} order by ${order} limit ${page.per_page} offset ${offset}
    ) as page`;
  return await firstRow(
    db,
    Listed,
    sql`
    with ${cutPage(db, rendered, sql`(select count(*) from rendered)`, page.per_page)}
    select (select count(*) from ${from} where ${where}) as total, cut.per_page as "perPage", ${SHOWN_ITEMS} as items
    from cut where ${exists}`,
  );
}

/** The page of a list that is always there. */
export async function everyListed(
  db: Database,
  question: Omit<Parameters<typeof listed>[1], "exists">,
): Promise<Listed> {
  const page = await listed(db, question);
  if (page === undefined) throw new TypeError("a list without condition is always there");
  return page;
}
