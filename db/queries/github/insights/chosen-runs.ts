import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "../addressed-repo.ts";
import { type WorkflowRef, workflowAt } from "../run-filters.ts";

/** Which runs an insight is about (contract section 8); `asOf` is an ISO instant that hides later runs. */
export type Choice = {
  repo: RepoAddress;
  /** None: every workflow. */
  workflows: readonly WorkflowRef[];
  branch?: string | undefined;
  event?: string | undefined;
  actor?: string | undefined;
  asOf: string;
};

/** ISO instants; a run belongs when since <= created_at < until. */
export type Window = { since: string; until: string };

/** What every insight begins with; `known` is false when one of the workflows asked for does not exist. */
export const Insight = Addressed.extend({ known: z.boolean() });

/** The CTEs `repo` and `chosen` (the workflows asked for), which the other parts of an insight stand on. */
export function choose({ repo, workflows }: Pick<Choice, "repo" | "workflows">): SQL {
  const ids = workflows.map((ref) => sql`(select workflow_id from (${workflowAt(ref)}) as named)`);
  const chosen = ids.length === 0 ? sql`select null::bigint[]` : sql`select array[${sql.join(ids, sql`, `)}]::bigint[]`;
  return sql`repo as (${repoAt(repo)}), chosen(workflow_ids) as (${chosen})`;
}

/** The columns of `Insight`, selected from `repo`. */
export const HEAD = sql`repo.repo_id, repo.moved,
  array_position((select workflow_ids from chosen), null::bigint) is null as known`;

/** Whether a workflow is one of those asked for. */
export function isChosen({ workflows }: Pick<Choice, "workflows">, workflowId: SQL): SQL {
  return workflows.length === 0 ? sql`true` : sql`${workflowId} = any((select workflow_ids from chosen)::bigint[])`;
}

/** The `where` over github.runs `u` that a choice means; without a branch every branch. */
export function chosenRuns(choice: Choice): SQL {
  return sql`u.repo_id = ${REPO_ID} and ${isChosen(choice, sql`u.workflow_id`)} and ${matchingRuns(choice)}`;
}

/** The same without repository and workflow, for where these are known already. */
export function matchingRuns({ branch, event, actor, asOf }: Omit<Choice, "repo" | "workflows">): SQL {
  const all = [sql`u.created_at <= ${asOf}::timestamptz`];
  if (branch !== undefined) all.push(sql`u.branch = ${branch}`);
  if (event !== undefined) all.push(sql`u.event = ${event}`);
  if (actor !== undefined) all.push(sql`lower(u.actor) = lower(${actor})`);
  return sql.join(all, sql` and `);
}

/** The `where` of a window over github.runs `u`. */
export function inWindow({ since, until }: Window): SQL {
  return sql`u.created_at >= ${since}::timestamptz and u.created_at < ${until}::timestamptz`;
}
