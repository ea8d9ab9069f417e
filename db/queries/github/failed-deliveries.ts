import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "../../client.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { hookLogs } from "../../schema/index.ts";

/** Up to when a webhook's delivery log was read before, as ISO 8601; undefined before the first reading. */
export async function logReadTo(db: Database, hook: string): Promise<string | undefined> {
  const [row] = await rowsOf(db, sql`select read_to from ${hookLogs} where hook = ${hook}`);
  return row?.read_to == null ? undefined : new Date(String(row.read_to)).toISOString();
}

/** The repository that a webhook is known to belong to. */
export async function repositoryOfHook(db: Database, hook: string): Promise<GithubId | undefined> {
  const [row] = await rowsOf(db, sql`select repo_id from ${hookLogs} where hook = ${hook} and repo_id is not null`);
  return row === undefined ? undefined : readGithubId(row.repo_id);
}
