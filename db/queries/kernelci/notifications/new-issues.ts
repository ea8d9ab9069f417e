import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../../client.ts";
import { builds, checkouts, incidents, issues, notificationsIssue, tests } from "../../../schema/index.ts";
import { instant } from "../json-text.ts";

const NewIssue = z.object({
  id: z.string(),
  version: z.int(),
  origin: z.string(),
  comment: z.string().nullable(),
  type: z.enum(["build", "boot"]),
  seenAt: z.string(),
  tree: z.string().nullable(),
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  incidents: z.int(),
});
/** An issue that was never told of, with the checkout of its first incident. */
export type NewIssue = z.infer<typeof NewIssue>;

const MAX_ISSUES = 1_000;

/** The issues of the last hours that have no older incident and were not told of, newest incident first. */
export async function listNewIssues(db: Database, hours: number): Promise<NewIssue[]> {
  const since = sql`now() - make_interval(secs => ${hours * 3_600})`;
  return await rows(
    db,
    NewIssue,
    sql`select s.id, s.version, s.origin, s.comment, case when seen.build_id is null then 'boot' else 'build' end as type,
        ${instant(sql`seen._timestamp`)} as "seenAt", c.tree_name as tree, c.git_repository_branch as branch,
        c.git_commit_hash as commit,
        (select count(*)::integer from ${incidents} i where i.issue_id = s.id) as incidents
      from ${issues} s
      cross join lateral (
        select i._timestamp, i.build_id, coalesce(i.build_id, t.build_id) as checked_out_build
        from ${incidents} i left join ${tests} t on t.id = i.test_id
        where i.issue_id = s.id and (i.build_id is not null or t.path in ('boot', 'boot.nfs'))
        order by i._timestamp, i.id limit 1) as seen
      join ${builds} b on b.id = seen.checked_out_build join ${checkouts} c on c.id = b.checkout_id
      where s._timestamp >= ${since}
        and not exists (select from ${incidents} i where i.issue_id = s.id and i._timestamp < ${since})
        and not exists (select from ${notificationsIssue} n where n.issue_id = s.id and n.issue_version = s.version)
      order by seen._timestamp desc, s.id limit ${MAX_ISSUES}`,
  );
}

const Unsent = z.object({ id: z.string() });

/** The build issues that were found new, and neither reported nor ignored. */
export async function listUnsentIssues(db: Database): Promise<string[]> {
  const unsent = await rows(
    db,
    Unsent,
    sql`select issue_id as id from ${notificationsIssue}
      where notification_sent is null and issue_type = 'build' order by notifications_issue.id limit ${MAX_ISSUES}`,
  );
  return [...new Set(unsent.map(({ id }) => id))];
}
