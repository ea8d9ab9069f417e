import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { checkouts } from "../../../schema/index.ts";
import { instant, textOf } from "../json-text.ts";

/** A commit of a branch that a history leads up to. */
export type CommitHead = { treeName: string; repositoryUrl: string; branch: string; commitHash: string };

/** Times are ISO texts, both included. */
export type CommitHistoryQuestion = { origin: string; since: string; until: string; heads: readonly CommitHead[] };

/**
 * The commits of branches up to a head of each, as the JSON text of an object of lists; null when there are none (contract
 * part 06, commit history). Heads are of the origin, the commits before them of any.
 */
export async function listCommitHistory(db: Database, question: CommitHistoryQuestion): Promise<string | null> {
  const { origin, since, until, heads } = question;
  return await textOf(
    db,
    sql`
    with head as materialized (
      select h.tree_name, h.url, h.branch, max(c.start_time) as start_time
      from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb)
        as named("treeName" text, "repositoryUrl" text, branch text, "commitHash" text)
      cross join lateral (
        select min(c.start_time) as start_time from ${checkouts} c
        where c.git_commit_hash = named."commitHash" and c.origin = ${origin} and c.tree_name = named."treeName"
          and c.git_repository_url = named."repositoryUrl" and c.git_repository_branch = named.branch
      ) as c
      cross join lateral (select named."treeName" as tree_name, named."repositoryUrl" as url, named.branch) as h
      where c.start_time is not null group by 1, 2, 3
    ), commit as (
      select distinct on (h.tree_name, h.url, h.branch, c.git_commit_hash) h.tree_name, h.url, h.branch, c.git_commit_hash,
        c.git_commit_tags, c.git_commit_name, c.start_time
      from head h join ${checkouts} c on c.tree_name = h.tree_name and c.git_repository_branch = h.branch
        and c.git_repository_url = h.url and c.start_time <= h.start_time
      where c.git_commit_hash is not null and c.start_time >= ${since}::timestamptz and c.start_time <= ${until}::timestamptz
      order by 1, 2, 3, 4, c.start_time, c.id
    ), listed as (
      select m.tree_name || '-' || m.url || '-' || m.branch as name,
        '[' || string_agg(row_to_json(item)::text, ',' order by item.git_commit_hash collate "C") || ']' as commits
      from commit m cross join lateral (
        select m.git_commit_hash, m.tree_name, m.branch as git_repository_branch, m.url as git_repository_url, m.git_commit_tags,
          m.git_commit_name, ${instant(sql`m.start_time`)} as start_time
      ) as item group by m.tree_name, m.url, m.branch
    )
    select '{' || string_agg(to_json(name)::text || ':' || commits, ',' order by name collate "C") || '}' as text from listed`,
  );
}
