import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow, rows } from "../../client.ts";
import { lockParents } from "../../locks.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { attempts, branches, commits, workflows } from "../../schema/index.ts";
import { branchLock } from "./branches.ts";
import { type GithubFacts, mergeFacts } from "./facts.ts";
import { runLock } from "./runs.ts";
import { storeGithubFacts } from "./store.ts";

/** A branch of an original; `version` is older than anything GitHub tells. */
export type ImportedBranch = {
  repoId: GithubId;
  name: string;
  author: string | null;
  deleted: boolean;
  version: string;
};

/** What a page of an original's rows says. */
export type ImportedFacts = Partial<Pick<GithubFacts, "repos" | "commits" | "workflows" | "attempts">> & {
  branches?: readonly ImportedBranch[];
};

const NewId = z.object({ id: z.unknown().transform(readGithubId) });
const Total = z.object({ total: z.coerce.number() });

/**
 * Stores what nobody told of so far: runs, workflows, branches and commits that are known stay as they are, whatever the
 * original says. Returns how many rows are new. Within the caller's transaction, which holds each run and branch while it looks.
 */
export async function storeImported(tx: Database, facts: ImportedFacts): Promise<number> {
  const { repos = [], commits: told = [], branches: imported = [], ...others } = facts;
  const runIds = (others.attempts ?? []).map(({ runId }) => runId);
  const workflowIds = (others.workflows ?? []).map(({ workflowId }) => workflowId);
  await lockParents(tx, [...runIds.map(runLock), ...imported.map(branchLock)]);
  const newRuns = await listNew(tx, runIds, attempts, "run_id");
  const newWorkflows = await listNew(tx, workflowIds, workflows, "workflow_id");
  const newCommits = await countNewCommits(tx, told);
  await storeGithubFacts(
    tx,
    mergeFacts([
      {
        repos,
        commits: told,
        attempts: (others.attempts ?? []).filter(({ runId }) => newRuns.has(runId)),
        workflows: (others.workflows ?? []).filter(({ workflowId }) => newWorkflows.has(workflowId)),
      },
    ]),
  );
  return newRuns.size + newWorkflows.size + newCommits + (await insertBranches(tx, imported));
}

/** Those of the ids that a table does not have. */
async function listNew(
  tx: Database,
  ids: readonly GithubId[],
  table: typeof attempts | typeof workflows,
  key: "run_id" | "workflow_id",
): Promise<Set<GithubId>> {
  const statement = sql`
    select distinct value::bigint as id from jsonb_array_elements_text(${JSON.stringify(ids.map(String))}::jsonb)
    where not exists(select from ${table} t where t.${sql.identifier(key)} = value::bigint)`;
  return new Set((await rows(tx, NewId, statement)).map(({ id }) => id));
}

async function countNewCommits(tx: Database, facts: GithubFacts["commits"]): Promise<number> {
  const keys = JSON.stringify(facts.map(({ repoId, sha }) => ({ repoId: String(repoId), sha })));
  const statement = sql`
    select count(*) as total from (
      select distinct "repoId", sha from jsonb_to_recordset(${keys}::jsonb) as told("repoId" bigint, sha text)
    ) given
    where not exists(select from ${commits} c where c.repo_id = given."repoId" and c.sha = given.sha)`;
  return (await onlyRow(tx, Total, statement)).total;
}

const BRANCH_COLUMNS = ["repoId", "name", "author", "headSha", "deleted", "protected", "version", "evidence"] as const;
/** Before every receipt: the author of an imported branch counts as its first pusher. */
const FIRST_ARRIVAL = "00000000-0000-0000-0000-000000000000";

async function insertBranches(tx: Database, imported: readonly ImportedBranch[]): Promise<number> {
  let stored = 0;
  for (const part of inStatements(imported)) {
    const whole = part.map((row) => ({
      ...row,
      headSha: null,
      protected: false,
      evidence: row.author === null ? {} : { pushed: { arrival: FIRST_ARRIVAL, name: row.author } },
    }));
    const insert = sql`${insertFrom(branches, BRANCH_COLUMNS, whole)} on conflict do nothing returning id`;
    stored += (await rows(tx, NewId, insert)).length;
  }
  return stored;
}
