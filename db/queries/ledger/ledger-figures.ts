import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { isSettled } from "../../render/ledger/settled.ts";
import { deliveryCounts, inbox, queueWatch, rejected, repeats, waiting } from "../../schema/index.ts";

const LedgerFigures = z.object({
  counts: z.array(
    z.object({
      source: z.string(),
      outcome: z.enum(["applied", "ignored", "repeat", "repeat_differs", "rejected", "dead"]),
      total: z.number(),
    }),
  ),
  deadLetters: z.number(),
  waiting: z.number(),
  /** Age of the message that waits longest. */
  oldestWaitingSeconds: z.number().nullable(),
  /** p50, p95 and p99 from arrival to stored, over the last five minutes; null when nothing was stored. */
  storeLagSeconds: z.array(z.number()).length(3).nullable(),
  /** How long ago what was settled last had arrived: of the last minute the oldest, else the latest of all. */
  settledArrivalSeconds: z.number().nullable(),
  /** How long ago the queue was last seen empty. */
  queueEmptySeconds: z.number().nullable(),
});
export type LedgerFigures = z.infer<typeof LedgerFigures>;

/** Of the last five minutes at most this many deliveries are looked at, so that a scrape costs the same at any rate. */
const SAMPLE = 20_000;

/** The figures /metrics shows. One statement; whatever grows is read by an index and up to a bound. */
export async function ledgerFigures(db: Database): Promise<LedgerFigures> {
  const seconds = (instant: SQL) => sql`greatest(0, extract(epoch from now() - ${instant}))::float8`;
  return await onlyRow(
    db,
    LedgerFigures,
    sql`with recent as materialized (
        select received_at, stored_at from ${inbox}
        where stored_at > now() - interval '5 minutes' and replays = 0 order by stored_at desc limit ${SAMPLE}
      ), latest as (
        (select received_at from ${inbox} order by receipt_id desc limit 1)
        union all (select received_at from ${repeats} order by receipt_id desc limit 1)
        union all (select received_at from ${rejected} where state = 'rejected' order by settled_at desc limit 1)
        union all (select received_at from ${rejected} where state = 'dead' order by settled_at desc limit 1)
      ), pending as (
        select accepted_at from ${waiting} where not ${isSettled}
      )
      select
        (select coalesce(json_agg(c), '[]') from (
          select source, outcome, sum(total) as total from ${deliveryCounts} group by 1, 2 order by 1, 2
        ) as c) as counts,
        (select count(*)::integer from ${rejected} where state = 'dead') as "deadLetters",
        (select count(*)::integer from pending) as waiting,
        (select ${seconds(sql`min(accepted_at)`)} from pending having count(*) > 0) as "oldestWaitingSeconds",
        (select array_to_json(percentile_cont(array[0.5, 0.95, 0.99]) within group (
          order by greatest(0, extract(epoch from stored_at - received_at))::float8)) from recent) as "storeLagSeconds",
        (select ${seconds(sql`arrival`)} from (select coalesce(
          (select min(received_at) from recent where stored_at > now() - interval '1 minute'),
          (select max(received_at) from latest)) as arrival) as a where arrival is not null) as "settledArrivalSeconds",
        (select ${seconds(sql`empty_at`)} from ${queueWatch}) as "queueEmptySeconds"`,
  );
}
