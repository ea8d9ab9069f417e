import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { runs } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { type Choice, choose, chosenRuns, HEAD, Insight, inWindow, type Window } from "./chosen-runs.ts";
import { Spread, spreadOf } from "./spread.ts";
import { HAS_WAITED, IS_FLAKY, isConclusive, isFailing } from "./verdicts.ts";

/** Figures of a window, and how things stand at its end. */
export const Summary = z.object({
  total_count: z.int().describe("runs of the window"),
  success: z.int(),
  failure: z.int().describe("concluded failure, timed_out or startup_failure"),
  cancelled: z.int(),
  skipped: z.int(),
  other: z.int().describe("concluded in any other way"),
  in_progress: z.int(),
  queued: z.int().describe("queued, pending, waiting or requested"),
  success_rate: z.number().nullable().describe("success as a fraction of success and failure; null without any"),
  reruns: z.int().describe("attempts beyond the first"),
  flaky_runs: z.int().describe("runs that succeeded after an earlier attempt had failed"),
  duration: Spread.describe("runtime of successful and failing runs, in seconds"),
  queue: Spread.describe("seconds between creation and the first job's start, of runs that started"),
  queued_now: z.int().describe("runs that wait, however old"),
  running_now: z.int().describe("runs in progress, however old"),
  longest_queued_seconds: z.number().nullable().describe("how long the first of those that wait has waited"),
  last_push_at: z.string().nullable().describe("creation of the newest run that a push caused"),
});

const Answer = Insight.extend({ summary: Summary });

const QUEUED = sql`u.status in ('queued', 'pending', 'waiting', 'requested')`;
const REFERENCE = sql`case when u.attempt = 1 then u.created_at else coalesce(u.run_started_at, u.created_at) end`;

/** The figures of a window (contract section 8, summary); undefined for an unknown repository. */
export async function summaryOf(
  db: Database,
  choice: Choice,
  window: Window,
): Promise<z.infer<typeof Answer> | undefined> {
  const until = sql`${window.until}::timestamptz`;
  // Stuck (contract section 6, item 3): GitHub never told of its start, and nobody waits for it any more.
  const stuck = sql`(u.updated_at = u.created_at and ${choice.asOf}::timestamptz - u.created_at > interval '36 hours')`;
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, figures as (
      select count(*) as total, count(*) filter (where u.conclusion = 'success') as success,
        count(*) filter (where ${isFailing(sql`u.conclusion`)}) as failure,
        jsonb_build_object(
          'cancelled', count(*) filter (where u.conclusion = 'cancelled'),
          'skipped', count(*) filter (where u.conclusion = 'skipped'),
          'in_progress', count(*) filter (where u.status = 'in_progress'),
          'queued', count(*) filter (where ${QUEUED}),
          'other', count(*) filter (where u.status <> 'in_progress' and not ${QUEUED} and not coalesce(
            u.conclusion in ('success', 'failure', 'timed_out', 'startup_failure', 'cancelled', 'skipped'), false)),
          'reruns', coalesce(sum(u.attempt - 1), 0),
          'flaky_runs', count(*) filter (where ${IS_FLAKY}),
          'duration', ${spreadOf(sql`u.runtime_seconds`, isConclusive(sql`u.conclusion`))},
          'queue', ${spreadOf(sql`u.queue_seconds`, HAS_WAITED)}
        ) as others
      from ${runs} u where ${chosenRuns(choice)} and ${inWindow(window)}
    ), present as (
      select jsonb_build_object(
        'queued_now', count(*) filter (where ${QUEUED}),
        'running_now', count(*) filter (where u.status = 'in_progress'),
        'longest_queued_seconds', max(greatest(0, extract(epoch from ${until} - ${REFERENCE}))) filter (where ${QUEUED})
      ) as standing
      from ${runs} u where ${chosenRuns(choice)} and u.status <> 'completed' and u.created_at < ${until} and not ${stuck}
    )
    select ${HEAD}, others || standing || jsonb_build_object(
      'total_count', total, 'success', success, 'failure', failure,
      'success_rate', success::float8 / nullif(success + failure, 0),
      'last_push_at', (
        select to_char(max(u.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        from ${runs} u where ${chosenRuns(choice)} and u.event = 'push' and u.created_at < ${until})
    ) as summary
    from repo, figures, present`,
  );
}
