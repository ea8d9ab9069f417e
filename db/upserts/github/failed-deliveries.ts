import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { insertFrom } from "../../recordset.ts";
import { failedDeliveries, hookLogs, inbox } from "../../schema/index.ts";

/** What one page of a delivery log says of one delivery, by its guid. */
export type LoggedDelivery = Pick<
  typeof failedDeliveries.$inferInsert,
  "hook" | "guid" | "deliveryId" | "deliveredAt" | "succeeded"
> & {
  /** Whether any of its items is a redelivery: then older items of it may follow on later pages. */
  redelivered: boolean;
};

const COLUMNS = ["hook", "guid", "deliveryId", "deliveredAt", "succeeded"] as const;

/** Notes what a page of the log shows: failures, and successes of what failed before or may turn out to have. */
export async function upsertLoggedDeliveries(tx: Database, deliveries: readonly LoggedDelivery[]): Promise<void> {
  const worthARow = deliveries.filter(({ succeeded, redelivered }) => !succeeded || redelivered);
  const rows = [...worthARow].sort((a, b) => (a.guid < b.guid ? -1 : 1));
  await tx.execute(sql`
    ${insertFrom(failedDeliveries, COLUMNS, rows)}
    on conflict (hook, guid) do update set
      succeeded = ${failedDeliveries.succeeded} or excluded.succeeded,
      delivery_id = greatest(${failedDeliveries.deliveryId}, excluded.delivery_id),
      delivered_at = greatest(${failedDeliveries.deliveredAt}, excluded.delivered_at)`);
  const successes = deliveries.filter(({ succeeded }) => succeeded).map(({ hook, guid }) => ({ hook, guid }));
  await tx.execute(sql`
    update ${failedDeliveries} set succeeded = true
    from jsonb_to_recordset(${JSON.stringify(successes)}::jsonb) as given(hook text, guid text)
    where ${failedDeliveries.hook} = given.hook and ${failedDeliveries.guid} = given.guid`);
}

/** Notes up to when a log was read, and forgets failures found long before GitHub's log ends. */
export async function upsertLogReadTo(tx: Database, hook: string, readTo: string): Promise<void> {
  await tx.execute(sql`
    insert into ${hookLogs} (hook, read_to) values (${hook}, ${readTo}::timestamptz)
    on conflict (hook) do update set read_to = greatest(${hookLogs.readTo}, excluded.read_to)`);
  await tx.execute(sql`
    delete from ${failedDeliveries} where hook = ${hook} and found_at < now() - interval '30 days'`);
}

/** How often one delivery is asked for, and how long one asking is given to work. */
const MOST_TRIES = 5;
const PATIENCE = sql`interval '1 hour'`;

const ClaimedDelivery = z.object({ guid: z.string(), deliveryId: z.coerce.number() });
/** A failed delivery that this caller, and no other, now asks for. */
export type ClaimedDelivery = z.infer<typeof ClaimedDelivery>;

/**
 * Claims the oldest failed delivery of a webhook that never succeeded, is not stored and was not asked for lately;
 * undefined when there is none.
 */
export async function claimFailedDelivery(db: Database, hook: string): Promise<ClaimedDelivery | undefined> {
  return await firstRow(
    db,
    ClaimedDelivery,
    sql`with picked as materialized (
        select hook, guid from ${failedDeliveries} as failed
        where hook = ${hook} and not succeeded and tries < ${MOST_TRIES}
          and (asked_at is null or asked_at < now() - ${PATIENCE})
          and not exists (select 1 from ${inbox} where ${inbox.source} = 'github' and ${inbox.key} = failed.guid)
        order by delivered_at, guid limit 1 for update skip locked
      )
      update ${failedDeliveries} as failed set tries = tries + 1, asked_at = now()
      from picked where failed.hook = picked.hook and failed.guid = picked.guid
      returning failed.guid, failed.delivery_id as "deliveryId"`,
  );
}

/** Gives a claim back: GitHub was not asked. */
export async function releaseFailedDelivery(db: Database, hook: string, guid: string): Promise<void> {
  await db.execute(sql`
    update ${failedDeliveries} set tries = tries - 1, asked_at = null where hook = ${hook} and guid = ${guid}`);
}

/** Notes that GitHub can't send a delivery again: it is never asked for any more. */
export async function giveUpFailedDelivery(db: Database, hook: string, guid: string): Promise<void> {
  await db.execute(sql`
    update ${failedDeliveries} set tries = ${MOST_TRIES} where hook = ${hook} and guid = ${guid}`);
}
