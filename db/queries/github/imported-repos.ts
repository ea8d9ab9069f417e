import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import { type GithubId, readGithubId } from "../../schema/github-id.ts";
import { repoNames, repos } from "../../schema/index.ts";

/** A repository that rows of an original belong to; `isImported`: an import made it, GitHub did not tell of it. */
export type ImportedRepo = { repoId: GithubId; isImported: boolean };

const Found = z.object({ asked: z.string(), repo_id: z.unknown().transform(readGithubId), is_imported: z.boolean() });

/**
 * The repositories that names mean, by the name in lower case: a present name goes before a former one, what exists before what
 * is deleted, and what GitHub told of before what was imported. Unknown names are left out.
 */
export async function findImportedRepos(
  db: Database,
  names: readonly string[],
  firstImportedId: number,
): Promise<Map<string, ImportedRepo>> {
  const keys = JSON.stringify([...new Set(names.map((name) => name.toLowerCase()))]);
  const found = await rows(
    db,
    Found,
    sql`
    select distinct on (n.name_key) n.name_key as asked, r.repo_id, r.repo_id >= ${firstImportedId} as is_imported
    from jsonb_array_elements_text(${keys}::jsonb) as given(name_key)
    join ${repoNames} n using (name_key) join ${repos} r using (repo_id)
    order by n.name_key, r.repo_id >= ${firstImportedId}, r.name_key = n.name_key desc, r.deleted, r.updated_at desc, r.repo_id desc`,
  );
  return new Map(found.map((row) => [row.asked, { repoId: row.repo_id, isImported: row.is_imported }]));
}
