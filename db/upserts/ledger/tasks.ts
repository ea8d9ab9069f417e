import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { rejected, waiting } from "../../schema/index.ts";

/** Clears what earlier tries of a task left behind: it waits no more, and its refusal or death is made good. */
export async function settleTask(db: Database, receiptId: string): Promise<void> {
  await db.execute(sql`
    with cleared as (delete from ${waiting} where receipt_id = ${receiptId}::uuid)
    update ${rejected} set state = 'stored' where receipt_id = ${receiptId}::uuid and state <> 'stored'`);
}
