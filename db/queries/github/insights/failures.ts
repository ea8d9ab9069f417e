import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { runCounts, runs, workflows } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { REPO_ID } from "../addressed-repo.ts";
import { type Choice, choose, HEAD, Insight, isChosen, matchingRuns } from "./chosen-runs.ts";
import { IS_OWN, isConclusive, isFailing } from "./verdicts.ts";

/** How a workflow stands on a branch; the last four tell of its red streak. */
export const StandingWorkflow = z.object({
  workflow_id: z.int(),
  name: z.string().nullable(),
  state: z.enum(["failing", "passing"]).describe("how its newest successful or failing run ended"),
  consecutive_failures: z.int().describe("failing runs since the last success"),
  latest_run_id: z.int().describe("its newest successful or failing run"),
  failing_since: z.string().nullable().describe("creation of the first of the consecutive failures"),
  first_failure_sha: z.string().nullable(),
  last_success_sha: z.string().nullable(),
});

const Answer = Insight.extend({
  branch: z.string().nullable(),
  total: z.coerce.number(),
  failing: z.coerce.number(),
  workflows: z.array(StandingWorkflow),
});

/** Which workflows are red on a branch, and since when, longest streak first (contract section 8, failures). */
export async function failuresOn(
  db: Database,
  { branch, ...choice }: Choice,
  { until }: { until: string },
): Promise<z.infer<typeof Answer> | undefined> {
  const on = branch === undefined ? sql`(select default_branch from repo)` : sql`${branch}::text`;
  // No repo_id, since ids of workflows are unique: with it the planner may walk the whole branch for each workflow.
  const verdicts = sql`${runs} u where u.workflow_id = listed.id and u.branch = ${on} and ${IS_OWN}
    and ${isConclusive(sql`u.conclusion`)} and ${matchingRuns(choice)} and u.created_at < ${until}::timestamptz`;
  const newest = sql`order by u.created_at desc, u.run_id desc limit 1`;
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, listed as (
      select c.value::bigint as id from ${runCounts} c
      where c.repo_id = ${REPO_ID} and c.dimension = 'workflow' and c.total > 0
        and ${isChosen(choice, sql`c.value::bigint`)}
    ), standing as (
      select listed.id, coalesce(w.name, latest.name) as name, latest.run_id, passed.sha as passed_sha, streak.*
      from listed
      cross join lateral (select u.run_id, u.name from ${verdicts} ${newest}) as latest
      left join lateral (
        select u.created_at, u.run_id, u.sha from ${verdicts} and u.conclusion = 'success' ${newest}
      ) as passed on true
      cross join lateral (
        select count(*) as length, min(u.created_at) as since,
          (array_agg(u.sha order by u.created_at, u.run_id))[1] as sha
        from ${verdicts} and ${isFailing(sql`u.conclusion`)}
          and (u.created_at, u.run_id) > (coalesce(passed.created_at, '-infinity'), coalesce(passed.run_id, 0))
      ) as streak
      left join ${workflows} w on w.workflow_id = listed.id
    )
    select ${HEAD}, ${on} as branch, (select count(*) from standing) as total,
      (select count(*) from standing where length > 0) as failing, (
      select coalesce(jsonb_agg(jsonb_build_object(
        'workflow_id', id, 'name', name, 'state', case when length > 0 then 'failing' else 'passing' end,
        'consecutive_failures', length, 'latest_run_id', run_id,
        'failing_since', to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'first_failure_sha', sha, 'last_success_sha', passed_sha
      ) order by length desc, id), '[]')
      from standing
    ) as workflows
    from repo`,
  );
}
