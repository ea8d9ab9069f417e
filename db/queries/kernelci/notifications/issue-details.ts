import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow, rows } from "../../../client.ts";
import { builds, checkouts, incidents, issues, tests } from "../../../schema/index.ts";
import { instant } from "../json-text.ts";

const Details = z.object({
  id: z.string(),
  version: z.int(),
  comment: z.string().nullable(),
  excerpt: z.string().nullable(),
  buildId: z.string().nullable(),
  testId: z.string().nullable(),
  tree: z.string().nullable(),
  url: z.string().nullable(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
});
/** An issue with the checkout of its first incident. */
export type IssueDetails = z.infer<typeof Details>;

/** An issue and where it was seen first; undefined when it is not stored. */
export async function findIssueDetails(db: Database, id: string): Promise<IssueDetails | undefined> {
  return await firstRow(
    db,
    Details,
    sql`select s.id, s.version, s.comment, s.misc -> 'logspec' -> 'error' ->> 'log_excerpt' as excerpt,
        seen.build_id as "buildId", seen.test_id as "testId", seen.tree_name as tree, seen.git_repository_url as url,
        seen.git_repository_branch as branch, seen.git_commit_hash as commit, seen.git_commit_tags as tags
      from ${issues} s
      left join lateral (
        select i.build_id, i.test_id, c.* from ${incidents} i left join ${tests} t on t.id = i.test_id
          join ${builds} b on b.id = coalesce(i.build_id, t.build_id) join ${checkouts} c on c.id = b.checkout_id
        where i.issue_id = s.id order by i._timestamp, i.id limit 1) as seen on true
      where s.id = ${id}`,
  );
}

/** How far a last pass is looked for. */
const LAST_PASS = sql`now() - interval '18 days'`;

/** Whether a build's checkout `c` is of the issue's branch, and of a commit without the issue. */
const isElsewhere = ({ url, branch }: IssueDetails): SQL =>
  sql`c.git_repository_url = ${url} and c.git_repository_branch = ${branch}
    and c.git_commit_hash not in (select git_commit_hash from broken)`;

/** The CTE `broken`: the commits that have the issue. */
const broken = (id: string): SQL => sql`broken as materialized (
    select distinct c.git_commit_hash from ${incidents} i left join ${tests} t on t.id = i.test_id
      join ${builds} b on b.id = coalesce(i.build_id, t.build_id) join ${checkouts} c on c.id = b.checkout_id
    where i.issue_id = ${id} and c.git_commit_hash is not null)`;

const SeenBuild = z.object({
  id: z.string(),
  config: z.string().nullable(),
  configUrl: z.string().nullable(),
  architecture: z.string().nullable(),
  compiler: z.string().nullable(),
  lastPassCommit: z.string().nullable(),
});
export type SeenBuild = z.infer<typeof SeenBuild>;

/** The newest build with an issue of each configuration, architecture and compiler, with the commit that built last without it. */
export async function listSeenBuilds(db: Database, issue: IssueDetails): Promise<SeenBuild[]> {
  return await rows(
    db,
    SeenBuild,
    sql`with ${broken(issue.id)}, seen as materialized (
        select distinct on (b.config_name, b.architecture, b.compiler) b.*
        from ${incidents} i join ${builds} b on b.id = i.build_id where i.issue_id = ${issue.id}
        order by b.config_name, b.architecture, b.compiler, b._timestamp desc, b.id)
      select seen.id, seen.config_name as config, seen.config_url as "configUrl", seen.architecture, seen.compiler,
        (select c.git_commit_hash from ${builds} b join ${checkouts} c on c.id = b.checkout_id
          where b.series = seen.series and b.status = 'PASS' and b._timestamp >= ${LAST_PASS} and ${isElsewhere(issue)}
          order by b.start_time desc nulls last, b.id limit 1) as "lastPassCommit"
      from seen order by seen.config_name, seen.architecture, seen.compiler limit 500`,
  );
}

const SeenTest = z.object({
  id: z.string(),
  path: z.string().nullable(),
  platform: z.string().nullable(),
  compatibles: z.array(z.string()).nullable(),
  fails: z.int(),
  since: z.string(),
  lastPassId: z.string().nullable(),
  lastPassAt: z.string().nullable(),
  lastPassCommit: z.string().nullable(),
});
export type SeenTest = z.infer<typeof SeenTest>;

/** The newest test with an issue of each platform, with the one that passed last without it. */
export async function listSeenTests(db: Database, issue: IssueDetails): Promise<SeenTest[]> {
  return await rows(
    db,
    SeenTest,
    sql`with ${broken(issue.id)}, seen as materialized (
        select t.id, t.path, t.environment_misc ->> 'platform' as platform, t.environment_compatible as compatibles,
          count(*) over same as fails, min(t._timestamp) over same as since,
          row_number() over (same order by t._timestamp desc, t.id) as nth
        from ${incidents} i join ${tests} t on t.id = i.test_id where i.issue_id = ${issue.id}
        window same as (partition by t.environment_misc ->> 'platform'))
      select seen.id, seen.path, seen.platform, seen.compatibles, seen.fails::integer as fails,
        ${instant(sql`seen.since`)} as since, passed.id as "lastPassId", passed.at as "lastPassAt",
        passed.git_commit_hash as "lastPassCommit"
      from seen left join lateral (
        select t.id, ${instant(sql`t.start_time`)} as at, c.git_commit_hash
        from ${tests} t join ${builds} b on b.id = t.build_id join ${checkouts} c on c.id = b.checkout_id
        where t.path = seen.path and t.environment_misc ->> 'platform' = seen.platform and t.status = 'PASS'
          and t._timestamp >= ${LAST_PASS} and ${isElsewhere(issue)}
        order by b.start_time desc nulls last, t.id limit 1) as passed on true
      where seen.nth = 1 order by seen.platform limit 500`,
  );
}
