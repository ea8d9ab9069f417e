import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { metricsByDay, metricsLabBuilds } from "../../../schema/index.ts";
import type { DayMove } from "./facts.ts";

/** As many rows of one group as four transactions at once write; a reader adds them up. */
const SLOT = sql`pg_backend_pid() % 4`;

export const GROUP = sql.raw("day, what, name, issue_id, issue_version, previous_day");

/**
 * Moves the roll-ups by day, in one statement. The caller holds the builds of all tests that moved (`lockObjects`). The
 * rows of a day are those that all transactions share, so this comes as late as possible.
 */
export async function keepDays(tx: Database, moves: readonly DayMove[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.execute(sql`
    with moves as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as given(
        day date, what text, name text, issue_id text, issue_version integer, build_id text, total integer)
    ),
    lab_moves as materialized (
      select build_id, name as lab, day, sum(total)::integer as total from moves where build_id is not null
      group by build_id, name, day having sum(total) <> 0
    ),
    before as materialized (
      select l.build_id, l.lab, l.day, l.total from (select distinct build_id from lab_moves) as moved
      cross join lateral (select * from ${metricsLabBuilds} where build_id = moved.build_id offset 0) l
    ),
    after as materialized (
      select build_id, lab, day, sum(total)::integer as total
      from (select * from before union all select * from lab_moves) as counted
      group by build_id, lab, day having sum(total) <> 0
    ),
    emptied as (
      delete from ${metricsLabBuilds} l using before b
      where (l.build_id, l.lab, l.day) = (b.build_id, b.lab, b.day)
        and not exists (select from after a where (a.build_id, a.lab, a.day) = (b.build_id, b.lab, b.day))
    ),
    written as (
      insert into ${metricsLabBuilds} (build_id, lab, day, total)
      select a.build_id, a.lab, a.day, a.total from after a join lab_moves using (build_id, lab, day)
      order by 1, 2, 3
      on conflict (build_id, lab, day) do update set total = excluded.total
    ),
    moved as (
      select day, what, name, issue_id, issue_version, null::date as previous_day, total from moves
      union all ${labBuilds(sql`after`, 1)}
      union all ${labBuilds(sql`before`, -1)}
    )
    insert into ${metricsByDay} (${GROUP}, slot, total)
    select ${GROUP}, ${SLOT}, sum(total) from moved
    group by ${GROUP} having sum(total) <> 0 order by ${GROUP}
    on conflict on constraint metrics_by_day_group do update set total = ${metricsByDay.total} + excluded.total`);
}

/** The builds of a relation (build_id, lab, day), each with the day before that the lab tested it. */
export function labBuilds(relation: SQL, total: 1 | -1): SQL {
  return sql`select day, 'lab_build', lab, null, null,
    lag(day) over (partition by build_id, lab order by day), ${sql.raw(String(total))} from ${relation}`;
}
