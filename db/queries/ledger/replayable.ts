import { type SQL, sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { rejected, waiting } from "../../schema/index.ts";
import { DeliveryRow, deliveryFields, refusedDeliveries } from "./delivery-row.ts";

/** Which refused deliveries are to be replayed; instants are ISO 8601. */
export type ReplayFilter = {
  states: readonly ("rejected" | "dead")[];
  source?: string | undefined;
  reason?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
};

/** How many deliveries a filter meets at this moment, and when that was by the database's clock. */
export async function countReplayable(db: Database, filter: ReplayFilter): Promise<{ count: number; asOf: string }> {
  const [row] = await rowsOf(
    db,
    sql`select count(*)::integer as count,
        to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as as_of
      from ${rejected} where ${matches(filter)}`,
  );
  return { count: Number(row?.count), asOf: String(row?.as_of) };
}

/** The next refused deliveries of a filter, in the order of arrival; only what was refused until `settledUntil`. */
export async function replayablePage(
  db: Database,
  filter: ReplayFilter,
  { settledUntil, after, limit }: { settledUntil: string; after: string | null; limit: number },
): Promise<DeliveryRow[]> {
  const later = after === null ? sql`` : sql`and receipt_id > ${after}::uuid`;
  const rows = await rowsOf(
    db,
    sql`with page as materialized (
        select receipt_id from ${rejected}
        where ${matches(filter)} and settled_at <= ${settledUntil}::timestamptz ${later}
        order by receipt_id limit ${limit}
      )
      select ${deliveryFields(sql`found`)} from (${refusedDeliveries}) as found
      where receipt_id in (select receipt_id from page) order by receipt_id`,
  );
  return rows.map((row) => DeliveryRow.parse(row));
}

/** What is being replayed already is left out. */
function matches({ states, source, reason, since, until }: ReplayFilter): SQL {
  const conditions = [
    sql`state = any(array(select jsonb_array_elements_text(${JSON.stringify(states)}::jsonb)))`,
    sql`not exists (select 1 from ${waiting}
      where ${waiting.receiptId} = ${rejected.receiptId} and ${waiting.replays} > ${rejected.replays})`,
  ];
  if (source !== undefined) conditions.push(sql`source = ${source}`);
  if (reason !== undefined) conditions.push(sql`position(${reason}::text in reason) > 0`);
  if (since !== undefined) conditions.push(sql`received_at >= ${since}::timestamptz`);
  if (until !== undefined) conditions.push(sql`received_at < ${until}::timestamptz`);
  return sql.join(conditions, sql` and `);
}
