import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { checkouts } from "../../schema/index.ts";
import { textOf } from "./json-text.ts";

/** The origins of checkouts started since the beginning of the day `days` days ago, as JSON text; null without any. */
export async function originsSince(db: Database, days: number): Promise<string | null> {
  return await textOf(
    db,
    sql`
    select json_agg(origin order by origin)::text as text from (
      select distinct origin from ${checkouts}
      where start_time >= date_trunc('day', now(), 'UTC') - make_interval(days => ${days}::integer)
    ) as known`,
  );
}
