import type { Client } from "pg";
import { connected } from "../scratch-databases.ts";

/** Every table the consumer writes for a `workflow_run`, and which of its rows are of one repository. */
const TABLES: Readonly<Record<string, string>> = {
  "ledger.inbox": "source = 'github'",
  "ledger.delivery_counts": "source = 'github'",
  "github.repos": "repo_id = $repo",
  "github.repo_names": "repo_id = $repo",
  "github.workflows": "repo_id = $repo",
  "github.commits": "repo_id = $repo",
  "github.attempts": "repo_id = $repo",
  "github.runs": "repo_id = $repo",
  "github.heads": "repo_id = $repo",
  "github.run_counts": "repo_id = $repo",
};

/** Rows of each table, as the server itself wrote them into files. */
export type RowFiles = { files: Readonly<Record<string, string>>; counts: Readonly<Record<string, number>> };

/** Writes the rows of a repository into files of the server, table by table. */
export async function exportRows(url: string, repoId: number): Promise<RowFiles> {
  return await connected(url, async (client) => {
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    const files: Record<string, string> = {};
    const counts: Record<string, number> = {};
    for (const [table, filter] of Object.entries(TABLES)) {
      const file = `${rows[0]?.folder}/bench-${table}`;
      const chosen = `select * from ${table} where ${filter.replace("$repo", String(repoId))}`;
      const { rowCount } = await client.query(`copy (${chosen}) to ${client.escapeLiteral(file)}`);
      files[table] = file;
      counts[table] = rowCount ?? 0;
    }
    return { files, counts };
  });
}

/** One COPY a table into the same tables, all in one transaction, read by the server itself. Returns milliseconds. */
export async function copyRows(url: string, { files, counts }: RowFiles): Promise<number> {
  return await connected(url, async (client) => {
    const started = performance.now();
    await client.query("begin");
    for (const [table, file] of Object.entries(files)) await copyTable(client, table, file, counts[table] ?? 0);
    await client.query("commit");
    return performance.now() - started;
  });
}

async function copyTable(client: Client, table: string, file: string, expected: number): Promise<void> {
  const { rowCount } = await client.query(`copy ${table} from ${client.escapeLiteral(file)}`);
  if (rowCount !== expected) throw new Error(`${rowCount} instead of ${expected} rows went into ${table}`);
}
