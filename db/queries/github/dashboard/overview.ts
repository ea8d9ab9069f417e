import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import { commits, pulls, repos, runs } from "../../../schema/index.ts";
import { IS_FLAKY, isFailing } from "../insights/verdicts.ts";

/** Runs created on one day in UTC; a flaky run is counted as a success too. */
export const Day = z.object({
  date: z.string().describe("the day in UTC, such as 2025-03-20"),
  Success: z.int(),
  Failed: z.int(),
  Flaky: z.int().describe("successes after an earlier attempt had failed; they are in Success too"),
  total: z.int(),
});

const Overview = z.object({
  days: z.array(Day),
  red: z.string(),
  redFlaky: z.string(),
  newestAgo: z.string(),
  mergedRed: z.string(),
  mergedEarly: z.string(),
  redSignal: z.string(),
  reverts: z.coerce.number(),
});

/** A share in per cent, as text with one decimal; `0.0` of nothing. */
const percent = (part: SQL, whole: SQL) => sql`to_char(coalesce(100.0 * ${part} / nullif(${whole}, 0), 0), 'FM990.0')`;

/**
 * The figures of the dashboards' overview over all repositories that are not deleted (contract section 9): days of the
 * last `days` days, newest first, and texts as the frontend shows them. `asOf` is an ISO instant.
 */
export async function overviewOf(
  db: Database,
  { asOf, days }: { asOf: string; days: number },
): Promise<z.infer<typeof Overview>> {
  const now = sql`${asOf}::timestamptz`;
  const since = sql`(${now} - ${days}::int * interval '24 hours')`;
  const kept = sql`${repos} r`;
  return await onlyRow(
    db,
    Overview,
    sql`
    with found as (
      select u.created_at, u.conclusion, u.queue_seconds, u.runtime_seconds, ${IS_FLAKY} as flaky
      from ${kept} join ${runs} u using (repo_id)
      where not r.deleted and u.created_at >= ${since} and u.created_at <= ${now}
    ), by_day as (
      select (created_at at time zone 'UTC')::date as day, count(*) as total, count(*) filter (where conclusion = 'success') as success,
        count(*) filter (where conclusion = 'failure') as failed, count(*) filter (where flaky) as flaky
      from found group by 1
    ), last_day as (
      select ${percent(sql`count(*) filter (where conclusion = 'failure')`, sql`count(*)`)} as red,
        ${percent(sql`count(*) filter (where flaky)`, sql`count(*)`)} as red_flaky
      from found where created_at >= ${now} - interval '24 hours'
    ), newest as (
      select ${now} - max(last.created_at) as age from ${kept} cross join lateral (
        select u.created_at from ${runs} u where u.repo_id = r.repo_id and u.created_at <= ${now}
        order by u.created_at desc limit 1
      ) as last where not r.deleted
    ), merged as (
      select coalesce(bool_or(head.failing), false) as red, coalesce(bool_or(head.unfinished), true) as early
      from ${pulls} p join ${kept} using (repo_id) left join lateral (
        select distinct on (u.workflow_id) ${isFailing(sql`u.conclusion`)} as failing, u.status <> 'completed' as unfinished
        from ${runs} u where u.repo_id = p.repo_id and u.sha = p.head_sha and u.created_at <= ${now}
        order by u.workflow_id, u.created_at desc, u.run_id desc
      ) as head on true
      where not r.deleted and p.merged and p.merged_at >= ${since} and p.merged_at <= ${now}
      group by p.repo_id, p.number
    )
    select last_day.red, last_day.red_flaky as "redFlaky", (
      select coalesce(jsonb_agg(jsonb_build_object(
        'date', to_char(day, 'YYYY-MM-DD'), 'Success', success, 'Failed', failed, 'Flaky', flaky, 'total', total
      ) order by day desc), '[]') from by_day
    ) as days, (
      select case when age is null then 'N/A'
        when age >= interval '24 hours' then floor(extract(epoch from age) / 86400) || 'd'
        when age >= interval '1 hour' then floor(extract(epoch from age) / 3600) || 'h'
        else floor(extract(epoch from age) / 60) || 'm' end
      from newest
    ) as "newestAgo", (
      select ${percent(sql`count(*) filter (where merged.red)`, sql`count(*)`)} from merged
    ) as "mergedRed", (
      select ${percent(sql`count(*) filter (where merged.early)`, sql`count(*)`)} from merged
    ) as "mergedEarly", (
      select coalesce(to_char(percentile_disc(0.75) within group (order by runtime_seconds + queue_seconds) / 60, 'FM99999990.0'), 'N/A')
      from found where ${isFailing(sql`conclusion`)} and runtime_seconds is not null
    ) as "redSignal", (
      select count(*) from ${kept} join ${commits} c using (repo_id)
      where not r.deleted and c.time >= ${since} and c.time <= ${now} and starts_with(c.message, 'Revert "')
    ) as reverts
    from last_day`,
  );
}
