import { type SQL, sql } from "drizzle-orm";
import { type Database, onlyRow } from "../../client.ts";
import { RESULT } from "../../render/eosc-perf/objects.ts";
import { benchmarks, flavors, resultCounts, results, sites } from "../../schema/index.ts";
import { cutPage, documentSize, maxPageBytes, SHOWN_ITEMS } from "../page-size.ts";
import { Listed, type Page } from "./listed.ts";
import { MATCHED_KEYS, type ResultSort, resultOrder } from "./result-order.ts";

/** Which page of a list, and in which order. */
export type Shown = { sorts: readonly ResultSort[]; page: Page };

/** A result `r` with its benchmark, site and flavor. */
export const WITH_PARTS = sql`${results} r
  join ${benchmarks} b on b.id = r.benchmark_id
  join ${sites} s on s.id = r.site_id
  join ${flavors} f on f.id = r.flavor_id`;

const OFFSET_LIMIT = 1_000_000_000;

/** `limit` and `offset` of a page. */
export const paged = ({ page, per_page }: Page) =>
  sql`limit ${per_page} offset ${Math.min((page - 1) * per_page, OFFSET_LIMIT)}`;

/** How many results lists show, from the counters; conditions are on benchmark, site and flavor of `r`. */
export function shownIn(where: readonly SQL[]): SQL {
  return sql`(select coalesce(sum(r.shown), 0) from ${resultCounts} r where ${sql.join([sql`true`, ...where], sql` and `)})`;
}

/** A page in the order of columns: the database walks an index and stops. */
export async function inOrder(
  db: Database,
  where: readonly SQL[],
  count: SQL | undefined,
  { sorts, page }: Shown,
): Promise<Listed> {
  const conditions = sql.join([...where], sql` and `);
  const { joins, order } = resultOrder(sorts);
  const total = count ?? sql`(select count(*) from ${results} r where ${conditions})`;
  const keys = sql`select r.key from ${results} r ${joins} where ${conditions} order by ${order} ${paged(page)}`;
  return await pageOf(db, undefined, total, keys, page);
}

/** A page of `matched (key, benchmark_id, indexed)`, which are all looked at, once. */
export async function sortedMatches(db: Database, matched: SQL, { sorts, page }: Shown): Promise<Listed> {
  const { joins, order } = resultOrder(sorts);
  const isNarrow = sorts.every(({ field }) => field.startsWith("json."));
  const rows = isNarrow
    ? sql`matched r`
    : sql`(select * from ${results} m where m.key = any(array(select key from matched))) r`;
  const keys = sql`select r.key from ${rows} ${joins} order by ${order} ${paged(page)}`;
  const before = sql`matched as materialized (${matched}), ${MATCHED_KEYS}`;
  return await pageOf(db, before, sql`(select count(*) from matched)`, keys, page);
}

/**
 * The results whose keys `keys` selects, in its order, with the total; `before` are CTEs that these use. Documents are rendered
 * only as long as a page may have room for them.
 */
export async function pageOf(
  db: Database,
  before: SQL | undefined,
  total: SQL,
  keys: SQL,
  { per_page }: Page,
): Promise<Listed> {
  const rendered = sql`select ${RESULT}::text as item, page.turn from page join ${WITH_PARTS} on r.key = page.key
    where page.size <= ${maxPageBytes(db)} or page.turn = 1`;
  return await onlyRow(
    db,
    Listed,
    sql`with ${before === undefined ? sql`` : sql`${before}, `}ordered as materialized (
      select key, row_number() over () as turn from (${keys}) as chosen
    ), page as materialized (
      select o.key, o.turn, sum(${documentSize(sql`r.json`)}) over (order by o.turn) as size
      from ordered o join ${results} r on r.key = o.key
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, per_page)}
    select ${total} as total, cut.per_page as "perPage", ${SHOWN_ITEMS} as items from cut`,
  );
}
