import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { branchCommits, branches, commits } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { Listed, limitOf, type Page } from "./page.ts";

/** `time` is the author date, `2025-03-20T10:00:00Z`. */
const Commit = z.object({
  sha: z.string(),
  message: z.string().nullable(),
  author: z.string().nullable(),
  authorUrl: z.string().nullable(),
  time: z.string().nullable(),
});
export type Commit = z.infer<typeof Commit>;

/** The repository's present name and its page at GitHub, for the addresses in a commit. */
const OfRepo = Addressed.extend({ name: z.string(), html_url: z.string().nullable() });

const ROW = sql`jsonb_build_object('sha', c.sha, 'message', c.message, 'author', c.author, 'authorUrl', c.author_url,
  'time', to_char(c.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))`;
const REPO = sql`repo.repo_id, repo.moved, repo.name, repo.snapshot->>'html_url' as html_url`;

const Commits = OfRepo.extend({ known: z.boolean(), ...Listed.shape, items: z.array(Commit) });

/** Filters of a commit list; instants are ISO texts, both ends included. */
export type CommitFilters = {
  branch?: string | undefined;
  /** A login or the author's name. */
  author?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
};

/**
 * A page of the commits seen on a branch (default: the default branch), newest author date first; `known` is false when
 * there is no such branch. Undefined for an unknown repository.
 */
export async function commitsOf(
  db: Database,
  { repo, filters, page }: { repo: RepoAddress; filters: CommitFilters; page: Page },
): Promise<z.infer<typeof Commits> | undefined> {
  const branch = filters.branch === undefined ? sql`(select default_branch from repo)` : sql`${filters.branch}::text`;
  const known =
    filters.branch === undefined
      ? sql`true`
      : sql`exists(select from ${branches} b where b.repo_id = ${REPO_ID} and b.name = ${branch} and not b.deleted)`;
  const isWhole = [filters.author, filters.since, filters.until].every((filter) => filter === undefined);
  const found = isWhole
    ? sql`${branchCommits} o where o.repo_id = ${REPO_ID} and o.branch = ${branch}`
    : sql`${commits} c where ${commitsMatching(filters, branch)}`;
  const rendered = sql`select ${ROW}::text as item, row_number() over (order by c.time desc nulls last, c.sha desc) as turn from page c`;
  return await firstBoundedRow(
    db,
    Commits,
    sql`
    with repo as (${repoAt(repo)}), page as (
      select c.* from ${commits} c where ${commitsMatching(filters, branch)}
      order by c.time desc nulls last, c.sha desc nulls last ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select ${REPO}, ${known} as known, (select count(*) from ${found}) as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS}::jsonb as items
    from repo, cut`,
  );
}

function commitsMatching({ branch: named, author, since, until }: CommitFilters, branch: SQL): SQL {
  // The planner can't know the default branch, and takes it for a rare one: the fence keeps it walking commits by time.
  const fence = named === undefined ? sql`offset 0` : sql``;
  const all = [
    sql`c.repo_id = ${REPO_ID}`,
    sql`exists(select from ${branchCommits} o where o.repo_id = c.repo_id and o.branch = ${branch} and o.sha = c.sha ${fence})`,
  ];
  if (author !== undefined)
    all.push(sql`(c.author = ${author} or lower(split_part(c.author_url, '/', -1)) = ${author.toLowerCase()})`);
  if (since !== undefined) all.push(sql`c.time >= ${since}::timestamptz`);
  if (until !== undefined) all.push(sql`c.time <= ${until}::timestamptz`);
  return sql.join(all, sql` and `);
}

const OneCommit = OfRepo.extend({ commit: Commit.nullable() });

/** One commit, by its hash or as the head of a branch; null when unknown. Undefined for an unknown repository. */
export async function commitOf(
  db: Database,
  { repo, ref }: { repo: RepoAddress; ref: string },
): Promise<z.infer<typeof OneCommit> | undefined> {
  return await firstBoundedRow(
    db,
    OneCommit,
    sql`
    with repo as (${repoAt(repo)}), named as (
      select ${ref}::text as sha, 1 as choice
      union all
      select b.head_sha, 2 from ${branches} b where b.repo_id = ${REPO_ID} and b.name = ${ref} and not b.deleted
    )
    select ${REPO}, (
      select ${ROW} from named join ${commits} c using (sha) where c.repo_id = ${REPO_ID} order by named.choice limit 1
    ) as commit
    from repo`,
  );
}
