import { type SQL, sql } from "drizzle-orm";
import { builds, checkouts } from "../../../schema/index.ts";

/** What a report is about (contract part 05, `tree-report/`). */
export type Reported = {
  origin: string;
  url: string;
  branch: string;
  tree: string | undefined;
  /** LIKE patterns of test paths; none means all. */
  paths: readonly string[];
  /** How many runs of a test are compared. */
  groupSize: number;
  /** Hours before now in which the checkout started. */
  age: { least: number; most: number };
  /** How far back its tests are compared with others, in hours before now. */
  historyHours: number;
};

const ago = (hours: number) => sql`now() - make_interval(hours => ${hours}::int)`;

/** When the oldest objects that a report looks at may have started. */
export const earliest = ({ historyHours }: Reported) => ago(historyHours);

const isOfBranch = ({ url, branch }: Reported) =>
  sql`c.git_repository_url = ${url} and c.git_repository_branch = ${branch}`;

/**
 * The CTEs `reported`, the newest checkout of the interval; `checkout`, all of its commit in its tree; `commit_build`, their
 * builds; and `past`, the checkouts of the branch, of any origin, whose tests are compared with each other.
 */
export function reportedCheckout(question: Reported): SQL {
  const { tree, age, origin } = question;
  return sql`
    reported as materialized (
      select c.* from ${checkouts} c
      where c.origin = ${origin} and ${isOfBranch(question)} and ${tree === undefined ? sql`true` : sql`c.tree_name = ${tree}`}
        and c.git_commit_hash is not null and c.start_time >= ${ago(age.most)} and c.start_time <= ${ago(age.least)}
      order by c.start_time desc, c._timestamp desc, c.id limit 1
    ), checkout as materialized (
      select c.id, c.start_time from reported r join ${checkouts} c on c.git_commit_hash = r.git_commit_hash
      where c.origin = ${origin} and ${isOfBranch(question)} and c.tree_name is not distinct from r.tree_name
    ), commit_build as materialized (
      select b.id, b.status, b.checkout_id from checkout c join ${builds} b on b.checkout_id = c.id
    ), past as materialized (
      select c.id, c.git_commit_hash from ${checkouts} c
      where ${isOfBranch(question)} and c.start_time >= ${earliest(question)}
        and c.start_time <= (select max(n.start_time) from reported r join ${checkouts} n on n.git_commit_hash = r.git_commit_hash)
    )`;
}
