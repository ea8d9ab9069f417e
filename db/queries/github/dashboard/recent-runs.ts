import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import { commits, repos, runs } from "../../../schema/index.ts";
import { maxPageBytes } from "../../page-size.ts";

/** The newest this many are answered: more than any page shows, less than an answer over HTTP may hold. */
export const MOST_RUNS = 25_000;

/** Runs of the `days` days before `asOf` (an ISO instant); repository and branch by name, absent means every one. */
export type Recent = { asOf: string; days: number; repo?: string | undefined; branch?: string | undefined };

/** JSON text of the feed's array. */
const Feed = z.object({ items: z.string() });

const MARK = sql`case u.conclusion when 'success' then 'O' when 'failure' then 'X' else '?' end`;
const NAME = sql`lower(coalesce(u.name, ''))`;

/** Whether the mark of the run `u` stands under a system. */
const on = (system: string) => sql`case when ${system} = any(string_to_array(u.os, ',')) then ${MARK} else '?' end`;

/** Of the kinds of work a workflow's name may tell of, only the first counts (contract section 9). */
const RESULTS = sql`jsonb_build_object(
  'Linux', ${on("Linux")}, 'Win', ${on("Windows")}, 'Mac', ${on("macOS")},
  'Doc', case when ${NAME} like '%doc%' then ${MARK} else '?' end,
  'Lint', case when ${NAME} not like '%doc%' and ${NAME} like '%lint%' then ${MARK} else '?' end,
  'Test', case when ${NAME} not like '%doc%' and ${NAME} not like '%lint%' and ${NAME} like '%test%' then ${MARK} else '?' end)`;

const CREATED = sql`to_char(u.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')`;

/** The feed of the waterfall page: recent runs with a mark for each system and kind of work (contract section 9, workflowruns). */
export async function runsForWaterfall(db: Database, recent: Recent): Promise<string> {
  return await feed(
    db,
    recent,
    sql`jsonb_build_object(
      'workflowId', u.id::text, 'gitid', u.run_id::text, 'commitHash', u.sha, 'createTime', ${CREATED}, 'repo', u.repo,
      'branch', u.branch, 'commitMessage', coalesce(c.message, ''), 'author', u.actor, 'workflowUrl', u.url,
      'workflowname', u.name, 'conclusion', u.conclusion, 'os', u.os, 'results', ${RESULTS})`,
  );
}

/** The same feed as an older revision of the frontend asks for it (contract section 9, workflow-runs). */
export async function runsForOlderFrontend(db: Database, recent: Recent): Promise<string> {
  return await feed(
    db,
    recent,
    sql`jsonb_build_object(
      'workflowId', u.run_id, 'createTime', ${CREATED}, 'conclusion', u.conclusion, 'timeToRedSignal', u.runtime_seconds,
      'repo', u.repo, 'commitMessage', coalesce(c.message, ''), 'author', u.actor, 'prNumber', null)`,
  );
}

async function feed(db: Database, { asOf, days, repo, branch }: Recent, item: SQL): Promise<string> {
  const now = sql`${asOf}::timestamptz`;
  const wanted = [
    sql`not r.deleted`,
    sql`u.created_at >= ${now} - ${days}::float8 * interval '24 hours'`,
    sql`u.created_at <= ${now}`,
  ];
  if (repo !== undefined) wanted.push(sql`r.name_key = ${repo.toLowerCase()}`);
  if (branch !== undefined) wanted.push(sql`u.branch = ${branch}`);
  const newest = sql`u.created_at desc, u.run_id desc`;
  const { items } = await onlyRow(
    db,
    Feed,
    sql`
    with found as materialized (
      select u.*, r.name as repo from ${repos} r join ${runs} u using (repo_id)
      where ${sql.join(wanted, sql` and `)} order by ${newest} limit ${MOST_RUNS}
    )
    select '[' || coalesce(string_agg(item, ', ' order by turn), '') || ']' as items from (
      select item, turn, sum(octet_length(item) + 2) over (order by turn) as size from (
        select ${item}::text as item, row_number() over (order by ${newest}) as turn
        from found u left join ${commits} c on c.repo_id = u.repo_id and c.sha = u.sha
      ) as rendered
    ) as sized where size <= ${maxPageBytes(db)} or turn = 1`,
  );
  return items;
}
