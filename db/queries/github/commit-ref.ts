import { type SQL, sql } from "drizzle-orm";
import { branchCommits, branches, commits } from "../../schema/index.ts";
import { REPO_ID } from "./addressed-repo.ts";

/** What a caller names a commit by: a branch of that name, or a hash that begins with `hash` (lower case). */
export type CommitRef = { branch: string; hash?: string | undefined };

/** The one commit whose hash begins with `hash`; no row when there is none or more than one. Digits sort before letters in every collation. */
export function shaBeginningWith(hash: string | undefined): SQL {
  if (hash === undefined) return sql`select null::text as sha where false`;
  return sql`
    select min(found.sha) as sha from (
      select c.sha from ${commits} c
      where c.repo_id = ${REPO_ID} and c.sha >= ${hash} and c.sha <= ${`${hash}g`} and starts_with(c.sha, ${hash}) limit 2
    ) found having count(*) = 1`;
}

/** Where a list of commits starts: the CTE `start(branch, time, sha)`, the branch it follows, and whether there is one. */
export function startAt(ref: CommitRef | undefined): { start: SQL; branch: SQL; known: SQL } {
  const nothing = sql`select null::text as branch, null::timestamptz as time, null::text as sha where false`;
  if (ref === undefined) return { start: nothing, branch: sql`(select default_branch from repo)`, known: sql`true` };
  const isBranch = sql`exists(select from ${branches} b where b.repo_id = ${REPO_ID} and b.name = ${ref.branch} and not b.deleted)`;
  if (ref.hash === undefined) return { start: nothing, branch: sql`${ref.branch}::text`, known: isBranch };
  const start = sql`
    select ${ref.branch}::text as branch, null::timestamptz as time, null::text as sha where ${isBranch}
    union all
    (${branchOfCommit(ref.hash)})
    limit 1`;
  return { start, branch: sql`(select branch from start)`, known: sql`exists(select from start)` };
}

/** The branch whose history a commit is shown in: the default branch when it holds the commit, else the first by name that does. */
function branchOfCommit(hash: string): SQL {
  return sql`
    select b.name as branch, c.time, c.sha
    from ${commits} c cross join (
      select default_branch as name, 0 as choice from repo
      union
      select name, case when deleted then 2 else 1 end from ${branches} where repo_id = ${REPO_ID}
    ) b
    where c.repo_id = ${REPO_ID} and c.sha = (${shaBeginningWith(hash)})
      and exists(select from ${branchCommits} o where o.repo_id = c.repo_id and o.branch = b.name and o.sha = c.sha)
    order by b.choice, b.name collate "C" limit 1`;
}
