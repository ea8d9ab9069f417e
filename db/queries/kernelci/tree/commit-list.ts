import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { checkouts } from "../../../schema/index.ts";
import { arrayText, instant, textOf } from "../json-text.ts";

/** Which commits are asked for; without a repository those of all. */
export type CommitsOf = { origin: string; tree: string; branch: string; url: string };

/** The commits of a branch of a tree, newest first, as JSON text; null when there are none (contract part 05, commit list). */
export async function commitsOf(db: Database, { origin, tree, branch, url }: CommitsOf): Promise<string | null> {
  const ofRepository: SQL = url === "" ? sql`true` : sql`c.git_repository_url = ${url}`;
  return await textOf(
    db,
    sql`
    with listed as materialized (
      select c.git_commit_hash, max(c.start_time) as last_checkout, max(c.git_commit_name) as git_commit_name,
        coalesce(array_agg(distinct tag) filter (where tag is not null), '{}') as git_commit_tags
      from ${checkouts} c left join lateral unnest(c.git_commit_tags) as tag on true
      where c.origin = ${origin} and c.tree_name = ${tree} and c.git_repository_branch = ${branch} and ${ofRepository}
        and c.git_commit_hash is not null
      group by c.git_commit_hash
    )
    select case when exists (select from listed) then ${arrayText(sql`
      select git_commit_hash, ${instant(sql`last_checkout`)} as last_checkout, git_commit_name, git_commit_tags
      from listed l order by l.last_checkout desc nulls last, git_commit_hash`)} end as text`,
  );
}
