import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import { isoInstant } from "../../iso-instant.ts";
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

const Replayable = z.object({ count: z.int(), asOf: z.string() });

/** How many deliveries a filter meets at this moment, and when that was by the database's clock. */
export async function countReplayable(db: Database, filter: ReplayFilter): Promise<z.infer<typeof Replayable>> {
  return await onlyRow(
    db,
    Replayable,
    sql`select count(*)::integer as count,
        ${isoInstant(sql`now()`)} as "asOf"
      from ${rejected} where ${matches(filter)}`,
  );
}

/** The next refused deliveries of a filter, in the order of arrival; only what was refused until `settledUntil`. */
export async function replayablePage(
  db: Database,
  filter: ReplayFilter,
  { settledUntil, after, limit }: { settledUntil: string; after: string | null; limit: number },
): Promise<DeliveryRow[]> {
  const later = after === null ? sql`` : sql`and receipt_id > ${after}::uuid`;
  return await rows(
    db,
    DeliveryRow,
    sql`with page as materialized (
        select receipt_id from ${rejected}
        where ${matches(filter)} and settled_at <= ${settledUntil}::timestamptz ${later}
        order by receipt_id limit ${limit}
      )
      select ${deliveryFields(sql`found`)} from (${refusedDeliveries}) as found
      where receipt_id in (select receipt_id from page) order by receipt_id`,
  );
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
