import { type SQL, sql } from "drizzle-orm";
import { checkouts } from "../../../schema/index.ts";

/** Two commits of one branch, by their hashes. */
export type Compared = { a: string; b: string; origin: string; tree: string; branch: string };

export const UNKNOWN = sql`'Unknown'`;

/** A name that is missing or empty reads Unknown. */
export function named(name: SQL): SQL {
  return sql`coalesce(nullif(${name}, ''), ${UNKNOWN})`;
}

/** PASS, FAIL or INCONCLUSIVE. */
export function grouped(status: SQL): SQL {
  return sql`case when upper(${status}) in ('PASS', 'FAIL') then upper(${status}) else 'INCONCLUSIVE' end`;
}

/** The CTE `checkout`: of each side (`a`, `b`) the checkout that was ingested last, if there is one. */
export function checkoutsCompared({ a, b, origin, tree, branch }: Compared): SQL {
  return sql`checkout as materialized (
    select asked.side, newest.* from (values ('a', ${a}::text), ('b', ${b}::text)) as asked(side, hash)
    cross join lateral (
      select c.id, c.git_commit_hash, c.git_repository_url, c.git_repository_branch, c.tree_name, c.origin from ${checkouts} c
      where c.git_commit_hash = asked.hash and c.origin = ${origin} and c.tree_name = ${tree} and c.git_repository_branch = ${branch}
      order by c._timestamp desc nulls last, c.id limit 1
    ) as newest
  )`;
}
