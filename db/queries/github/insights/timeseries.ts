import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { runs } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { type Choice, choose, chosenRuns, HEAD, Insight, inWindow, type Window } from "./chosen-runs.ts";
import { HAS_WAITED, IS_FLAKY, isConclusive, isFailing } from "./verdicts.ts";

const Figure = z.number().nullable();

/** What runs created in one hour, day or week came to. */
export const Bucket = z.object({
  start: z.string().describe("first instant of the hour, day or week in UTC; weeks begin on Monday"),
  total_count: z.int(),
  success: z.int(),
  failure: z.int(),
  cancelled: z.int(),
  flaky: z.int().describe("runs that succeeded after an earlier attempt had failed"),
  success_rate: Figure.describe("success as a fraction of success and failure"),
  avg_duration: Figure.describe("seconds, of successful and failing runs"),
  p90_duration: Figure,
  avg_queue: Figure.describe("seconds, of runs that started"),
  max_queue: Figure,
});

const Answer = Insight.extend({ buckets: z.array(Bucket) });

/** The figures of each hour, day or week of a window, empty ones included (contract section 8, timeseries). */
export async function timeseriesOf(
  db: Database,
  choice: Choice,
  { bucket, ...window }: Window & { bucket: "hour" | "day" | "week" },
): Promise<z.infer<typeof Answer> | undefined> {
  const conclusive = isConclusive(sql`u.conclusion`);
  const floor = (instant: SQL) => sql`date_trunc(${bucket}::text, ${instant} at time zone 'UTC')`;
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, found as (
      select ${floor(sql`u.created_at`)} as start, u.status, u.conclusion, u.runtime_seconds, u.queue_seconds, ${IS_FLAKY} as flaky
      from ${runs} u where ${chosenRuns(choice)} and ${inWindow(window)}
    ), figures as (
      select start, count(*) as total, count(*) filter (where u.conclusion = 'success') as success,
        count(*) filter (where ${isFailing(sql`u.conclusion`)}) as failure,
        count(*) filter (where u.conclusion = 'cancelled') as cancelled, count(*) filter (where flaky) as flaky,
        avg(u.runtime_seconds) filter (where ${conclusive}) as avg_duration,
        percentile_disc(0.9) within group (order by u.runtime_seconds) filter (where ${conclusive}) as p90_duration,
        avg(u.queue_seconds::float8) filter (where ${HAS_WAITED}) as avg_queue,
        max(u.queue_seconds) filter (where ${HAS_WAITED}) as max_queue
      from found u group by start
    ), buckets as (
      select start from generate_series(
        ${floor(sql`${window.since}::timestamptz`)}, ${window.until}::timestamptz at time zone 'UTC', ${`1 ${bucket}`}::interval
      ) as start
      where ${window.since}::timestamptz < ${window.until}::timestamptz
        and start < ${window.until}::timestamptz at time zone 'UTC'
    )
    select ${HEAD}, (
      select coalesce(jsonb_agg(jsonb_build_object(
        'start', to_char(start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'total_count', coalesce(total, 0), 'success', coalesce(success, 0), 'failure', coalesce(failure, 0),
        'cancelled', coalesce(cancelled, 0), 'flaky', coalesce(flaky, 0),
        'success_rate', success::float8 / nullif(success + failure, 0),
        'avg_duration', avg_duration, 'p90_duration', p90_duration, 'avg_queue', avg_queue, 'max_queue', max_queue
      ) order by start), '[]')
      from buckets left join figures using (start)
    ) as buckets
    from repo`,
  );
}
