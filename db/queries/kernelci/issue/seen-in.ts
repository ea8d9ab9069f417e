import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts, incidents, tests } from "../../../schema/index.ts";
import { arrayJson, instant } from "../json-text.ts";

/** Incidents `i` with the checkout `c` they lead to: through their build, or their test's build. */
export const WITH_CHECKOUT = sql`${incidents} i
  left join ${tests} t on t.id = i.test_id
  left join ${builds} b on b.id = coalesce(i.build_id, t.build_id)
  left join ${checkouts} c on c.id = b.checkout_id`;

/** An `Incident` (contract part 07), as json: the first or the last of an issue id, whatever the version; null without any. */
export function incidentOf(issueId: SQL, which: "first" | "last"): SQL {
  const order = which === "first" ? sql`asc` : sql`desc`;
  return sql`(select row_to_json(incident) from (
    select ${instant(sql`i._timestamp`)} as first_seen, c.git_commit_hash, c.git_repository_url, c.git_repository_branch,
      c.git_commit_name, c.tree_name, i.issue_version, c.id as checkout_id
    from (
      select * from ${incidents} where issue_id = ${issueId}
      order by issue_version ${order}, _timestamp ${order} limit 1
    ) i
    left join ${tests} t on t.id = i.test_id
    left join ${builds} b on b.id = coalesce(i.build_id, t.build_id)
    left join ${checkouts} c on c.id = b.checkout_id
  ) incident)`;
}

const HAS_TREE = sql`c.tree_name is not null and c.git_repository_branch is not null`;

/**
 * Whether an incident of this version of the issue was seen in a tree with both names. No `exists`, which Postgres may
 * answer by reading all incidents there are.
 */
export function isSeenInTree(issueId: SQL, version: SQL): SQL {
  return sql`coalesce((select true from ${WITH_CHECKOUT}
    where i.issue_id = ${issueId} and i.issue_version = ${version} and ${HAS_TREE} limit 1), false)`;
}

/** Whether an issue has an incident of any version. */
export function isSeen(issueId: SQL): SQL {
  return sql`coalesce((select true from ${incidents} i where i.issue_id = ${issueId} limit 1), false)`;
}

const KERNEL_ORG = "https://git.kernel.org/pub/scm/linux/kernel/git";

/** What a version of an issue says of itself: its named trees, and the tags of the repositories all know, as json. */
export function versionOf(issueId: SQL, version: SQL): SQL {
  const trees = sql`
    select distinct c.tree_name, c.git_repository_url as url, c.git_repository_branch from ${WITH_CHECKOUT}
    where i.issue_id = ${issueId} and i.issue_version = ${version} and c.git_repository_branch is not null`;
  const tags = sql`
    select tag from (values
      ('mainline', ${`${KERNEL_ORG}/torvalds/linux.git`}, array['master']),
      ('stable', ${`${KERNEL_ORG}/stable/linux.git`}, null),
      ('linux-next', ${`${KERNEL_ORG}/next/linux-next.git`}, array['master', 'pending-fixes'])
    ) as known(tag, url, branches)
    where exists (select from seen where seen.url = known.url
      and (branches is null or seen.git_repository_branch = any(branches)))`;
  return sql`(with seen as (${trees}) select row_to_json(v) from (
    select ${issueId} as id, ${version} as version,
      ${arrayJson(sql`select tree_name, git_repository_branch from seen where tree_name is not null order by 1, 2`)} as trees,
      (select coalesce(json_agg(tag), '[]') from (${tags}) as tagged) as tags
  ) v)`;
}
