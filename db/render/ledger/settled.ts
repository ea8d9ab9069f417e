import { sql } from "drizzle-orm";
import { inbox, rejected, repeats, waiting } from "../../schema/index.ts";

/** True of a row of `waiting` whose message has reached its end all the same: the note came too late. */
export const isSettled = sql`(
  exists (select 1 from ${inbox} where ${inbox.receiptId} = ${waiting.receiptId} and ${inbox.replays} >= ${waiting.replays})
  or exists (select 1 from ${rejected} where ${rejected.receiptId} = ${waiting.receiptId} and ${rejected.replays} >= ${waiting.replays})
  or exists (select 1 from ${repeats} where ${repeats.receiptId} = ${waiting.receiptId}))`;
