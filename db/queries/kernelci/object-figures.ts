import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import { objectCounts } from "../../schema/index.ts";

/** Label groups that one kind of object is told by; what is beyond them is added up without lab and platform. */
const MAX_GROUPS = 1_000;

const ObjectFigures = z.object({
  objects: z.array(
    z.object({
      what: z.enum(["checkouts", "builds", "tests", "issues", "incidents"]),
      origin: z.string(),
      lab: z.string(),
      platform: z.string(),
      total: z.number(),
    }),
  ),
  written: z.array(z.object({ table: z.string(), total: z.number() })),
  deadlocks: z.number(),
});

/** Objects submitted, by their labels; rows written to the derived tables and deadlocks, as the database counts them. */
export type ObjectFigures = z.infer<typeof ObjectFigures>;

/** The figures of what is stored; no label holds an id. */
export async function objectFigures(db: Database): Promise<ObjectFigures> {
  return await onlyRow(
    db,
    ObjectFigures,
    sql`
    with groups as (
      select what, origin, lab, platform, sum(total) as total,
        row_number() over (partition by what order by sum(total) desc, origin, lab, platform) <= ${MAX_GROUPS} as is_told
      from ${objectCounts} group by what, origin, lab, platform
    ),
    told as (
      select what, case when is_told then origin else 'other' end as origin, case when is_told then lab else '' end as lab,
        case when is_told then platform else '' end as platform, total from groups
    )
    select
      (select coalesce(json_agg(o), '[]') from (
        select what, origin, lab, platform, sum(total)::float8 as total from told group by 1, 2, 3, 4 order by 1, 2, 3, 4
      ) as o) as objects,
      (select coalesce(json_agg(w), '[]') from (
        select relname as table, (n_tup_ins + n_tup_upd)::float8 as total from pg_stat_user_tables
        where schemaname = 'kernelci' and relname in (
          'latest_checkout', 'tree_listing', 'hardware_status', 'tree_tests_rollup', 'pending_test', 'pending_builds',
          'metrics_by_day', 'metrics_lab_builds') order by 1
      ) as w) as written,
      (select coalesce(sum(deadlocks), 0)::float8 from pg_stat_database where datname = current_database()) as deadlocks`,
  );
}
