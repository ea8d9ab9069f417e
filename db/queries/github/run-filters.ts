import { type SQL, sql } from "drizzle-orm";
import type { GithubId } from "../../schema/github-id.ts";
import { runCounts, workflows } from "../../schema/index.ts";
import { REPO_ID } from "./addressed-repo.ts";

/** A bound on created_at; `at` is an ISO instant. */
export type Bound = { op: ">" | ">=" | "<" | "<="; at: string };

/** A workflow by GitHub's id or by the name of its file (`ci.yml`). */
export type WorkflowRef = { id: GithubId } | { file: string };

/** Exact filters of run lists, combined with and (contract section 7). */
export type RunFilters = {
  workflow?: WorkflowRef | undefined;
  actor?: string | undefined;
  branch?: string | undefined;
  event?: string | undefined;
  /** A status such as `queued`, or a conclusion such as `failure`. */
  status?: string | undefined;
  conclusion?: string | undefined;
  headSha?: string | undefined;
  checkSuiteId?: GithubId | undefined;
  created?: readonly Bound[] | undefined;
};

const OPERATORS = { ">": sql`>`, ">=": sql`>=`, "<": sql`<`, "<=": sql`<=` };

/** Body of the CTE `workflow`: the workflow meant, in the addressed repository; of several files of one name the active, newest one. */
export function workflowAt(ref: WorkflowRef): SQL {
  const match =
    "id" in ref
      ? sql`w.workflow_id = ${String(ref.id)}::bigint`
      : sql`regexp_replace(w.path, '^.*/', '') = ${ref.file}`;
  return sql`
    select w.workflow_id, w.snapshot from ${workflows} w where w.repo_id = ${REPO_ID} and ${match}
    order by (w.state is not distinct from 'active') desc, w.workflow_id desc limit 1`;
}

/** The `where` of a run list over github.runs `u`; a workflow is the one of the CTE `workflow`. */
export function runsMatching(filters: RunFilters): SQL {
  const { workflow, actor, branch, event, status, conclusion, headSha, checkSuiteId, created = [] } = filters;
  const all = [sql`u.repo_id = ${REPO_ID}`];
  if (workflow !== undefined) all.push(sql`u.workflow_id = (select workflow_id from workflow)`);
  if (actor !== undefined) all.push(sql`lower(u.actor) = lower(${actor})`);
  if (branch !== undefined) all.push(sql`u.branch = ${branch}`);
  if (event !== undefined) all.push(sql`u.event = ${event}`);
  if (status !== undefined) all.push(sql`u.status = ${status}`);
  // Said once more in words that the partial index runs_unfinished is declared with.
  if (status !== undefined && status !== "completed") all.push(sql`u.status <> 'completed'`);
  if (conclusion !== undefined) all.push(sql`u.conclusion = ${conclusion}`);
  if (headSha !== undefined) all.push(sql`u.sha = ${headSha}`);
  if (checkSuiteId !== undefined) all.push(sql`u.check_suite_id = ${String(checkSuiteId)}::bigint`);
  for (const { op, at } of created) all.push(sql`u.created_at ${OPERATORS[op]} ${at}::timestamptz`);
  return sql.join(all, sql` and `);
}

/** The counter of github.run_counts that knows the length of a list, or undefined when only counting tells. */
function counterOf({ created = [], ...filters }: RunFilters): { dimension: string; value: SQL } | undefined {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (given.length > 1 || created.length > 0) return undefined;
  const { workflow, branch, status, conclusion } = filters;
  if (given.length === 0) return { dimension: "all", value: sql`''` };
  if (workflow !== undefined) return { dimension: "workflow", value: sql`(select workflow_id::text from workflow)` };
  if (branch !== undefined) return { dimension: "branch", value: sql`${branch}` };
  if (status !== undefined) return { dimension: "status", value: sql`${status}` };
  return conclusion === undefined ? undefined : { dimension: "conclusion", value: sql`${conclusion}` };
}

/** How many runs match: read from a counter where one is kept, counted elsewhere. */
export function runTotal(filters: RunFilters, runs: SQL): SQL {
  const counter = counterOf(filters);
  if (counter === undefined) return sql`(select count(*) from ${runs} where ${runsMatching(filters)})`;
  return sql`coalesce((
    select c.total from ${runCounts} c
    where c.repo_id = ${REPO_ID} and c.dimension = ${counter.dimension} and c.value = ${counter.value}
  ), 0)`;
}
