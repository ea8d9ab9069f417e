import { type SQL, sql } from "drizzle-orm";
import { checkouts } from "../../../schema/index.ts";

/** Which commit of which tree is meant (contract part 05, "Details: which checkouts"). */
export type TreeAddress = {
  /** Hash or tag. */
  commit: string;
  origin: string;
  /** Of the direct form only. */
  tree: string | undefined;
  /** Empty: checkouts without a branch. */
  branch: string;
  /** Empty: checkouts without a repository; not compared when tree and branch are given. */
  url: string;
};

/** Whether a checkout `c` has the origin, tree, branch and repository of an address. */
export function isOfTree({ origin, tree, branch, url }: Omit<TreeAddress, "commit">): SQL {
  const all = [sql`c.origin = ${origin}`];
  all.push(branch === "" ? sql`c.git_repository_branch is null` : sql`c.git_repository_branch = ${branch}`);
  if (tree !== undefined) all.push(sql`c.tree_name = ${tree}`);
  if (tree === undefined || branch === "")
    all.push(url === "" ? sql`c.git_repository_url is null` : sql`c.git_repository_url = ${url}`);
  return sql.join(all, sql` and `);
}

/** Whether a checkout `c` is of a commit, by its hash or one of its tags. */
export function isOfCommit(commit: string): SQL {
  return sql`(c.git_commit_hash = ${commit} or c.git_commit_tags @> array[${commit}]::text[])`;
}

const FIELDS = sql`c.id, c._timestamp, c.origin, c.tree_name, c.git_commit_hash, c.git_repository_url, c.git_repository_branch,
  c.git_commit_tags`;

/**
 * The CTE `checkout`: all checkouts of the address's tree that are of the commit. The hash is resolved over all trees
 * first, so that a tag means the commit of the newest checkout that has it.
 */
export function checkoutsOfCommit(address: TreeAddress): SQL {
  return sql`
    known as materialized (
      select c.git_commit_hash, c._timestamp from ${checkouts} c where ${isOfCommit(address.commit)}
    ), checkout as materialized (
      select ${FIELDS} from ${checkouts} c where ${isOfTree(address)}
        and c.git_commit_hash = (select k.git_commit_hash from known k order by k._timestamp desc limit 1)
    )`;
}
