import { type SQL, sql } from "drizzle-orm";
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
  group: z
    .string()
    .nullable()
    .describe(
      "system, name of the workflow (its file where workflows share a name), or group of runners; null when unknown",
    ),
});

const Answer = Insight.extend({ groups: z.array(QueueTimes) });

/** Two workflow files may have one name: workflows are told apart by their id. */
const GROUPS = {
  os: sql`j.os`,
  workflow: sql`u.workflow_id`,
  runner_group: sql`nullif(j.runner_group, '')`,
};

/** What a group is called; of workflows the name, and the file where other groups have that name too. */
const NAMES = {
  os: sql`key`,
  workflow: sql`case when count(*) over (partition by name) > 1 then coalesce(path, key::text) else name end`,
  runner_group: sql`key`,
};

/** The groups with what names them: a run's own name stands in for a workflow that nobody told of. */
function named(groupBy: QueueGroup): SQL {
  if (groupBy !== "workflow") return sql`spreads`;
  return sql`(
    select s.key, s.jobs, s.spread, coalesce(w.name, s.run_name) as name, w.path
    from spreads s left join ${workflows} w on w.workflow_id = s.key
  ) as found`;
}

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
      select ${GROUPS[groupBy]} as key, u.name as run_name, u.created_at,
        greatest(0, extract(epoch from j.started_at - j.created_at))::bigint as seconds
      from ${runs} u join ${jobs} j using (run_id)
      where ${chosenRuns(choice)} and ${inWindow(window)} and j.started_at is not null and j.created_at is not null
    ), spreads as (
      select key, count(*) as jobs, ${spreadOf(sql`seconds`, sql`true`)} as spread,
        (array_agg(run_name order by created_at desc))[1] as run_name
      from waits group by key
    ), groups as (
      select ${NAMES[groupBy]} as name, key, jobs, spread from ${named(groupBy)}
    )
    select ${HEAD}, (
      select coalesce(jsonb_agg(jsonb_build_object('group', name) || spread order by jobs desc, name collate "C" nulls last, key), '[]')
      from groups
    ) as groups
    from repo`,
  );
}
