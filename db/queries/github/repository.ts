import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { Addressed, type RepoAddress, repoAt } from "./addressed-repo.ts";

/** JSON text of the repository. */
const Repository = Addressed.extend({ repository: z.string() });

/**
 * A repository: its last snapshot under what its row says. Push payloads count seconds and give the web address as
 * `url`; both become what the REST API gives, below `apiBase` (no slash at its end). Undefined when nobody knows it.
 */
export async function repositoryOf(
  db: Database,
  { repo, apiBase }: { repo: RepoAddress; apiBase: string },
): Promise<z.infer<typeof Repository> | undefined> {
  return await firstBoundedRow(
    db,
    Repository,
    sql`
    with repo as (${repoAt(repo)})
    select repo.repo_id, repo.moved, (
      repo.snapshot || (
        select coalesce(jsonb_object_agg(key, to_char(to_timestamp(value::float8) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), '{}')
        from jsonb_each(repo.snapshot)
        where key in ('created_at', 'updated_at', 'pushed_at')
          and case when jsonb_typeof(value) = 'number' then value::numeric between 0 and 253402300799 else false end
      ) || jsonb_build_object(
        'id', repo.repo_id,
        'name', split_part(repo.name, '/', 2),
        'full_name', repo.name,
        'owner', case when jsonb_typeof(repo.snapshot->'owner') = 'object' then repo.snapshot->'owner' else '{}' end
          || jsonb_build_object('login', split_part(repo.name, '/', 1)),
        'private', repo.private,
        'archived', repo.archived,
        'default_branch', repo.default_branch,
        'url', ${apiBase}::text || '/repos/' || repo.name
      )
    )::text as repository
    from repo`,
  );
}
