import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { jobs, runs, workflows } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { type Choice, choose, chosenRuns, HEAD, Insight, inWindow, type Window } from "./chosen-runs.ts";
import { Spread, spreadOf } from "./spread.ts";

/** By what jobs can be grouped. */
export const QUEUE_GROUPS = ["os", "workflow", "runner_group"] as const;
export type QueueGroup = (typeof QUEUE_GROUPS)[number];

/** How long the jobs of one group waited for a runner. */
export const QueueTimes = Spread.extend({
  group: z.string().nullable().describe("system, name of the workflow, or group of runners; null when unknown"),
});

const Answer = Insight.extend({ groups: z.array(QueueTimes) });

const GROUPS = {
  os: sql`j.os`,
  workflow: sql`coalesce((select w.name from ${workflows} w where w.workflow_id = u.workflow_id), u.name)`,
  runner_group: sql`nullif(j.runner_group, '')`,
};

/** Queue times of the jobs that a window's runs started in any attempt, most jobs first (contract section 8, queue-times). */
export async function queueTimesOf(
  db: Database,
  choice: Choice,
  { groupBy, ...window }: Window & { groupBy: QueueGroup },
): Promise<z.infer<typeof Answer> | undefined> {
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, waits as (
      select ${GROUPS[groupBy]} as name, extract(epoch from j.started_at - j.created_at)::bigint as seconds
      from ${runs} u join ${jobs} j using (run_id)
      where ${chosenRuns(choice)} and ${inWindow(window)} and j.started_at is not null and j.created_at is not null
    ), groups as (
      select name, count(*) as jobs, ${spreadOf(sql`seconds`, sql`true`)} as spread from waits group by name
    )
    select ${HEAD}, (
      select coalesce(jsonb_agg(jsonb_build_object('group', name) || spread order by jobs desc, name collate "C" nulls last), '[]')
      from groups
    ) as groups
    from repo`,
  );
}
