import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { attempts, heads, runs, workflows } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { REPO_ID } from "../addressed-repo.ts";
import { limitOf, type Page } from "../page.ts";
import { type Choice, choose, chosenRuns, HEAD, Insight } from "./chosen-runs.ts";
import { IS_FLAKY, IS_OWN, isFailing } from "./verdicts.ts";

/** The newest run of a workflow on a commit. */
const Cell = z.object({
  run_id: z.int(),
  run_attempt: z.int(),
  status: z.string(),
  conclusion: z.string().nullable(),
  result: z.enum(["O", "X", "-", "~", "?"]).describe("O success, X failing, - cancelled, ~ skipped or neutral, ? else"),
  flaky: z.boolean().describe("succeeded after an earlier attempt had failed"),
  html_url: z.string().nullable(),
});

/** A column of the page. */
export const WaterfallWorkflow = z.object({
  workflow_id: z.int(),
  name: z.string().nullable(),
  path: z.string().nullable(),
});

/** A row of the page; its text comes from the newest run. */
export const WaterfallCommit = z.object({
  sha: z.string(),
  title: z.string().nullable().describe("first line of the message"),
  author: z.string().nullable(),
  time: z.string().nullable(),
  cells: z.record(z.string(), Cell).describe("by workflow_id"),
});

const Answer = Insight.extend({
  branch: z.string().nullable(),
  total: z.coerce.number(),
  workflows: z.array(WaterfallWorkflow),
  commits: z.array(WaterfallCommit),
});

const RESULT = sql`case when u.conclusion = 'success' then 'O' when ${isFailing(sql`u.conclusion`)} then 'X'
  when u.conclusion = 'cancelled' then '-' when u.conclusion in ('skipped', 'neutral') then '~' else '?' end`;

/** A page of a branch's head commits, newest first, with the newest run of each workflow (contract section 8, waterfall). */
export async function waterfallOf(
  db: Database,
  { branch, ...choice }: Choice,
  page: Page,
): Promise<z.infer<typeof Answer> | undefined> {
  const on = branch === undefined ? sql`(select default_branch from repo)` : sql`${branch}::text`;
  const own = sql`${chosenRuns(choice)} and u.branch = ${on} and ${IS_OWN}`;
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, ${headsOf(choice, on, own)}, page as materialized (
      select h.sha, h.committed_at from head h
      order by h.committed_at desc nulls last, h.sha desc nulls last ${limitOf(page)}
    ), found as materialized (
      select u.run_id, u.attempt, u.sha, u.workflow_id, u.name, u.created_at, u.status, u.conclusion, u.url
      from page join ${runs} u using (sha) where ${own}
    ), cells as (
      select distinct on (u.sha, u.workflow_id) u.sha, u.workflow_id, u.name, jsonb_build_object(
        'run_id', u.run_id, 'run_attempt', u.attempt, 'status', u.status, 'conclusion', u.conclusion,
        'result', ${RESULT}, 'flaky', ${IS_FLAKY}, 'html_url', u.url) as cell
      from found u where u.workflow_id is not null order by u.sha, u.workflow_id, u.created_at desc, u.run_id desc
    ), newest as (
      select distinct on (u.sha) u.sha, a.snapshot->'head_commit' as told
      from found u join ${attempts} a using (run_id, attempt) order by u.sha, u.created_at desc, u.run_id desc
    ), columns as (
      select workflow_id, coalesce(w.name, min(cells.name)) as name, w.path
      from cells left join ${workflows} w using (workflow_id) group by workflow_id, w.name, w.path
    )
    select ${HEAD}, ${on} as branch, (select count(*) from head) as total, (
      select coalesce(jsonb_agg(jsonb_build_object('workflow_id', workflow_id, 'name', name, 'path', path)
        order by name collate "C", workflow_id), '[]')
      from columns
    ) as workflows, (
      select coalesce(jsonb_agg(jsonb_build_object(
        'sha', page.sha, 'title', split_part(told->>'message', E'\n', 1), 'author', told->'author'->>'name',
        'time', to_char(page.committed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'cells', coalesce((select jsonb_object_agg(workflow_id, cell) from cells where cells.sha = page.sha), '{}')
      ) order by page.committed_at desc nulls last, page.sha desc), '[]')
      from page left join newest using (sha)
    ) as commits
    from repo`,
  );
}

/** The CTE `head`: all head commits of a branch, read off their index; or those of chosen runs, found but once. */
function headsOf({ workflows, event, actor, asOf }: Choice, on: SQL, own: SQL): SQL {
  const all = sql`h.repo_id = ${REPO_ID} and h.branch = ${on}`;
  if (workflows.length === 0 && event === undefined && actor === undefined)
    return sql`head as not materialized (
      select h.sha, h.committed_at from ${heads} h where ${all} and h.first_run_at <= ${asOf}::timestamptz
    )`;
  return sql`head as materialized (
    select h.sha, h.committed_at from (select distinct u.sha from ${runs} u where ${own}) as theirs
    join ${heads} h using (sha) where ${all}
  )`;
}
