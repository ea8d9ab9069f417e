import { type SQL, sql } from "drizzle-orm";
import { heads } from "../../schema/index.ts";

/**
 * Statement that notes the head commits of the repository's own runs; `shown` has one row a run: repo_id,
 * created_at, head_repo_id, head_branch, head_sha, and when the commit was made as committed_at. Whatever the order of arrival, a commit keeps the earliest of the times told and its oldest run.
 */
export function upsertHeads(shown: SQL): SQL {
  return sql`
    insert into ${heads} (repo_id, branch, sha, committed_at, first_run_at)
    select repo_id, head_branch, head_sha, min(committed_at), min(created_at)
    from ${shown}
    where head_repo_id = repo_id and head_branch is not null and head_sha is not null
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (repo_id, branch, sha) do update set
      committed_at = least(${heads.committedAt}, excluded.committed_at),
      first_run_at = least(${heads.firstRunAt}, excluded.first_run_at)
    where excluded.first_run_at < ${heads.firstRunAt}
      or least(${heads.committedAt}, excluded.committed_at) is distinct from ${heads.committedAt}`;
}
