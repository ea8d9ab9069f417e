import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { deliveryCounts, waiting } from "../../schema/index.ts";
import { DeliveryRow, deliveryFields, refusedDeliveries, storedDeliveries, waitingDeliveries } from "./delivery-row.ts";

export type DeliveryFilter = {
  states: readonly ("done" | "rejected" | "dead" | "waiting")[];
  sources?: readonly string[] | undefined;
  events?: readonly string[] | undefined;
  key?: string | undefined;
  /** Only what arrived before this receipt. */
  before?: string | undefined;
  limit: number;
};

/** Deliveries a page looks at before it is cut, so that a rare filter costs no more than this. */
const SCANNED = 20_000;

const Page = z.object({ found: z.array(DeliveryRow), scanned: z.number(), last: z.string().nullable() });

/**
 * Deliveries, newest arrival first. `next` is the receipt to go on before, null at the end; a filtered page may hold
 * fewer than `limit` although more follow.
 */
export async function newestDeliveries(
  db: Database,
  filter: DeliveryFilter,
): Promise<{ deliveries: DeliveryRow[]; next: string | null }> {
  const { limit, states, sources, events } = filter;
  const isFiltered = sources !== undefined || events !== undefined;
  const scan = isFiltered && filter.key === undefined ? SCANNED : limit + 1;
  const matches = sql.join([sql`true`, ...isOneOf("source", sources), ...isOneOf("event", events)], sql` and `);
  const arms = armsOf(states).map((arm) => sql`(${arm} ${within(filter)} order by receipt_id desc limit ${scan})`);
  const { found, scanned, last } = await onlyRow(
    db,
    Page,
    sql`with scanned as materialized (
        select * from (${sql.join(arms, sql` union all `)}) as arms order by receipt_id desc limit ${scan}
      ), page as (
        select * from scanned where ${matches} order by receipt_id desc limit ${limit + 1}
      )
      select
        (select coalesce(json_agg(shown), '[]') from (
          select ${deliveryFields(sql`page`)} from page order by receipt_id desc
        ) as shown) as found,
        (select count(*)::integer from scanned) as scanned,
        (select receipt_id from scanned order by receipt_id limit 1) as last`,
  );
  const deliveries = found.slice(0, limit);
  if (found.length > limit) return { deliveries, next: deliveries.at(-1)?.receiptId ?? null };
  return { deliveries, next: scanned >= scan ? last : null };
}

/** The tables behind the states asked for; a delivery that is being replayed is listed once, as waiting. */
function armsOf(states: DeliveryFilter["states"]): SQL[] {
  const notReplayed = sql`not exists (
    select 1 from ${waiting} as pending where pending.receipt_id = settled.receipt_id and pending.replays > settled.replays)`;
  const refused = states.filter((state) => state === "rejected" || state === "dead");
  const arms: SQL[] = [];
  if (states.includes("done")) arms.push(sql`select * from (${storedDeliveries}) as settled where ${notReplayed}`);
  if (refused.length > 0)
    arms.push(sql`select * from (${refusedDeliveries}) as settled
      where status = any(array(select jsonb_array_elements_text(${JSON.stringify(refused)}::jsonb))) and ${notReplayed}`);
  if (states.includes("waiting")) arms.push(waitingDeliveries);
  return arms;
}

/** Keys are indexed within their source: every source there is stands in for the one not named. */
function within({ before, key }: DeliveryFilter): SQL {
  const older = before === undefined ? sql`` : sql`and receipt_id < ${before}::uuid`;
  if (key === undefined) return older;
  return sql`${older} and key = ${key} and source = any(array(select distinct source from ${deliveryCounts}))`;
}

function isOneOf(column: "source" | "event", values: readonly string[] | undefined): SQL[] {
  if (values === undefined) return [];
  const list = sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
  return [sql`${sql.identifier(column)} = any(${list})`];
}
