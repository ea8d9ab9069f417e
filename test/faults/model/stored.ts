import type { Pool } from "pg";
import { asTexts, type Row, type TableRows } from "./rows.ts";

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ${column}`;

/** The documented columns of each table that a model knows, by source. */
const COLUMNS = {
  github: {
    repos: "name, github_id, default_branch, private, archived, deleted",
    branches: "name, author, repo, head_sha, deleted",
    commits: "hash, author, message, time, repo, forced, authorurl",
    workflows: "name, repo, github_id, path, state",
    attempts: "gitid, attempt, repo, status, conclusion, run_started_at, updated_at",
    workflowruns:
      "gitid, author, status, conclusion, createtime, starttime, endtime, queuetime, runtime, branchname, commithash, workflowname, repo, os, attempt, event, workflow_id",
    workflowjobs: "gitid, run_gitid, attempt, name, repo, status, conclusion, createtime, endtime, os, runner_name",
    pulls: "number, title, state, merged, author, head_ref, head_sha, base_ref, merged_at, closed_at, repo",
  },
  kernelci: {
    checkouts: `id, origin, tree_name, git_repository_url, git_repository_branch, git_commit_hash, ${utc("start_time")}`,
    builds: "id, origin, checkout_id, status, architecture, config_name, compiler, misc",
    tests: `id, origin, build_id, path, status, ${utc("start_time")}, duration, log_url, environment_compatible, environment_misc, misc`,
    issues: "id, origin, version, report_subject",
    incidents: "id, origin, issue_id, issue_version, test_id, present",
  },
} as const;

export type Source = keyof typeof COLUMNS;
const SCHEMAS: Readonly<Record<Source, string>> = { github: "public", kernelci: "kernelci" };

/** What the documented tables hold. */
export async function storedRows(pool: Pool, source: Source): Promise<TableRows> {
  const tables: Record<string, Row[]> = {};
  for (const [table, columns] of Object.entries(COLUMNS[source])) {
    const statement = `select to_jsonb(t) as row from (select ${columns} from ${SCHEMAS[source]}.${table}) as t`;
    const { rows } = await pool.query<{ row: Row }>(statement);
    tables[table] = rows.map(({ row }) => row);
  }
  return asTexts(tables);
}
