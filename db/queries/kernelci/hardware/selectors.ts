import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { builds, checkouts, tests } from "../../../schema/index.ts";
import { instant, textOf } from "../json-text.ts";

/** Origins that test the builds of others (contract part 06, selectors). */
const TEST_ONLY_ORIGINS = ["aspeed", "ti"];
const RECENT = sql`now() - interval '30 days'`;

/** The revisions of the last 30 days by tree and branch, newest first, as the JSON text of the list of trees. */
export async function listRevisions(db: Database, origin: string): Promise<string> {
  const text = await textOf(
    db,
    sql`
    with seen as materialized (${checkoutsSeen(origin)}), revision as (
      select distinct on (c.tree_name, c.git_repository_url, c.git_repository_branch, c.git_commit_hash) c.tree_name, c.git_repository_url,
        c.git_repository_branch, c.git_commit_hash, c.git_commit_name, c.start_time
      from seen s join ${checkouts} c on c.id = s.id
      where c.tree_name is not null and c.git_repository_url is not null and c.git_repository_branch is not null
        and c.git_commit_hash is not null and c.start_time is not null
      order by 1, 2, 3, 4, c.start_time desc, c.id
    ), branch as (
      select tree_name, git_repository_url, git_repository_branch,
        json_build_object('git_repository_url', r.git_repository_url, 'git_repository_branch', r.git_repository_branch,
          'revisions', json_agg(json_build_object('git_commit_hash', r.git_commit_hash, 'git_commit_name', r.git_commit_name,
            'start_time', ${instant(sql`r.start_time`)}) order by r.start_time desc, r.git_commit_hash)) as item
      from revision r group by tree_name, git_repository_url, git_repository_branch
    ), tree as (
      select tree_name, json_build_object('tree_name', tree_name, 'branches',
        json_agg(item order by git_repository_url collate "C", git_repository_branch collate "C")) as item
      from branch group by tree_name
    )
    select coalesce(json_agg(item order by tree_name collate "C"), '[]')::text as text from tree`,
  );
  return text ?? "[]";
}

/** Ids of the checkouts that an origin built lately, or tested, where it builds nothing. */
function checkoutsSeen(origin: string): SQL {
  if (!TEST_ONLY_ORIGINS.includes(origin))
    return sql`select distinct checkout_id as id from ${builds} where origin = ${origin} and start_time >= ${RECENT}`;
  return sql`
    select distinct b.checkout_id as id from (
      select distinct t.build_id from ${tests} t
      where t.origin = ${origin} and t.environment_misc ->> 'platform' is not null and t.start_time >= ${RECENT}
    ) as ran join ${builds} b on b.id = ran.build_id`;
}
