import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow, rows } from "../../client.ts";
import { isoInstant } from "../../iso-instant.ts";
import { notificationSlots } from "../../schema/index.ts";

const Slot = z.object({ job: z.string(), slot: z.string() });

/**
 * Those of the latest slots that are not done. A job that was never scheduled before begins with its next slot: its latest
 * one counts as done.
 */
export async function listDueSlots(
  db: Database,
  latest: readonly z.infer<typeof Slot>[],
): Promise<z.infer<typeof Slot>[]> {
  return await rows(
    db,
    Slot,
    sql`with latest as materialized (
        select job, slot from jsonb_to_recordset(${JSON.stringify(latest)}::jsonb) as given(job text, slot timestamptz)
      ), begun as (
        insert into ${notificationSlots} (job, slot) select job, slot from latest on conflict (job) do nothing
      )
      select l.job, ${isoInstant(sql`l.slot`)} as slot from latest l join ${notificationSlots} s on s.job = l.job
      where s.slot < l.slot order by l.job`,
  );
}

/** The slot of a job that was done last, as an ISO text; null when none was. */
export async function findDoneSlot(db: Database, job: string): Promise<string | null> {
  const row = await firstRow(
    db,
    Slot,
    sql`select job, ${isoInstant(sql`slot`)} as slot from ${notificationSlots} where job = ${job}`,
  );
  return row?.slot ?? null;
}

/** Notes that a job's slot is done. */
export async function storeDoneSlot(db: Database, job: string, slot: string): Promise<void> {
  await db.execute(sql`insert into ${notificationSlots} (job, slot) values (${job}, ${slot}::timestamptz)
    on conflict (job) do update set slot = greatest(${notificationSlots}.slot, excluded.slot)`);
}
