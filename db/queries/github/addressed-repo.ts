import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { repoNames, repos } from "../../schema/index.ts";

/** How a caller names a repository: `owner/name` in any case, or GitHub's id. */
export type RepoAddress = { name: string } | { id: number };

/** What every answer about a repository begins with; `moved`: the name asked for is a former one. */
export const Addressed = z.object({ repo_id: z.coerce.number(), moved: z.boolean() });
export type Addressed = z.infer<typeof Addressed>;

/**
 * Body of the CTE `repo`: at most one row, the addressed repository that is not deleted. A present name goes before a
 * former one, and the newest repository before others of the same name (contract section 7).
 */
export function repoAt(address: RepoAddress): SQL {
  if ("id" in address)
    return sql`select r.*, false as moved from ${repos} r where r.repo_id = ${address.id} and not r.deleted`;
  const key = address.name.toLowerCase();
  return sql`
    select * from (
      select r.*, false as moved from ${repos} r where r.name_key = ${key} and not r.deleted
      union all
      select r.*, true from ${repoNames} n join ${repos} r using (repo_id)
      where n.name_key = ${key} and r.name_key <> ${key} and not r.deleted
    ) as known order by moved, updated_at desc, repo_id desc limit 1`;
}

/** Id of the repository in the CTE `repo`; null when the caller has to be sent elsewhere first. */
export const REPO_ID = sql`(select repo_id from repo where not moved)`;
