import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { attempts, runs, workflows } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { type Choice, choose, chosenRuns, HEAD, Insight, inWindow, type Window } from "./chosen-runs.ts";
import { isConclusive, isFailing } from "./verdicts.ts";

/** A workflow that came to different ends on the same commit. */
export const FlakyWorkflow = z.object({
  workflow_id: z.int(),
  name: z.string().nullable(),
  path: z.string().nullable(),
  commits: z.int().describe("head commits on which an attempt succeeded or failed"),
  flaky_commits: z.int().describe("head commits on which attempts did both"),
  flake_rate: z.number().describe("flaky_commits as a fraction of commits"),
  reruns: z.int().describe("attempts beyond the first of each run"),
});

const Answer = Insight.extend({ total: z.coerce.number(), workflows: z.array(FlakyWorkflow) });

/** Workflows whose runs in a window came to different ends on one commit, flakiest first (contract section 8, flaky). */
export async function flakyWorkflows(
  db: Database,
  choice: Choice,
  window: Window,
): Promise<z.infer<typeof Answer> | undefined> {
  return await firstBoundedRow(
    db,
    Answer,
    sql`
    with ${choose(choice)}, found as (
      select u.run_id, u.workflow_id, u.name, u.sha, u.attempt, u.conclusion, u.created_at
      from ${runs} u where ${chosenRuns(choice)} and ${inWindow(window)} and u.workflow_id is not null
    ), ends as (
      select workflow_id, sha, conclusion from found
      union all
      select u.workflow_id, u.sha, a.conclusion
      from found u join ${attempts} a on a.run_id = u.run_id and a.attempt < u.attempt where u.attempt > 1
    ), judged as (
      select workflow_id, sha, bool_or(conclusion = 'success') and bool_or(${isFailing(sql`conclusion`)}) as flaky
      from ends where ${isConclusive(sql`conclusion`)} and sha is not null group by workflow_id, sha
    ), flaky as (
      select workflow_id, count(*) as commits, count(*) filter (where flaky) as flaky_commits
      from judged group by workflow_id having bool_or(flaky)
    ), reran as (
      select workflow_id, sum(attempt - 1) as reruns, (array_agg(name order by created_at desc, run_id desc))[1] as name
      from found group by workflow_id
    )
    select ${HEAD}, (select count(*) from flaky) as total, (
      select coalesce(jsonb_agg(jsonb_build_object(
        'workflow_id', workflow_id, 'name', coalesce(w.name, reran.name), 'path', w.path, 'commits', commits,
        'flaky_commits', flaky_commits, 'flake_rate', flaky_commits::float8 / commits, 'reruns', reruns
      ) order by flaky_commits desc, workflow_id), '[]')
      from flaky join reran using (workflow_id) left join ${workflows} w using (workflow_id)
    ) as workflows
    from repo`,
  );
}
