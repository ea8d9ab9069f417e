import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { workflows } from "../../schema/index.ts";

/** A workflow that an original knows by its name. */
export type ImportedWorkflow = { repoId: GithubId; name: string; workflowId: GithubId; path: string | null };

const Id = z.unknown().transform(readGithubId);
const Found = z.object({
  repo_id: Id,
  name: z.string(),
  workflow_id: Id,
  path: z.string().nullable(),
});

/** The workflows of repositories, one a name: of several files that share one the active, newest one. */
export async function listWorkflowsByName(db: Database, repoIds: readonly GithubId[]): Promise<ImportedWorkflow[]> {
  const found = await rows(
    db,
    Found,
    sql`
    select distinct on (w.repo_id, w.name) w.repo_id, w.name, w.workflow_id, w.path from ${workflows} w
    where w.repo_id in (select value::bigint from jsonb_array_elements_text(${JSON.stringify(repoIds.map(String))}::jsonb))
    order by w.repo_id, w.name, (w.state is not distinct from 'active') desc, w.workflow_id desc`,
  );
  return found.map(({ repo_id, name, workflow_id, path }) => ({
    repoId: repo_id,
    name,
    workflowId: workflow_id,
    path,
  }));
}
