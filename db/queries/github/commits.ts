import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { branchCommits, branches, commits } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { type CommitRef, shaBeginningWith, startAt } from "./commit-ref.ts";
import { Listed, limitOf, type Page } from "./page.ts";

const GitPerson = z.object({ name: z.string().nullable(), email: z.string().nullable(), date: z.string().nullable() });
const Account = z.looseObject({ login: z.string() });

/** `time` is the author date, `2025-03-20T10:00:00Z`. */
export const Commit = z.object({
  sha: z.string(),
  message: z.string().nullable(),
  author: z.string().nullable(),
  authorUrl: z.string().nullable(),
  time: z.string().nullable(),
  details: z.looseObject({
    nodeId: z.string().optional(),
    author: GitPerson.optional(),
    committer: GitPerson.optional(),
    tree: z.string().optional(),
    parents: z.array(z.string()).optional(),
    authorAccount: Account.optional(),
    committerAccount: Account.optional(),
  }),
});
export type Commit = z.infer<typeof Commit>;

/** The repository's present name and its page at GitHub, for the addresses in a commit. */
const OfRepo = Addressed.extend({ name: z.string(), html_url: z.string().nullable() });

/** A row of github.commits `c` as a `Commit`. */
export const COMMIT_ROW = sql`jsonb_build_object('sha', c.sha, 'message', c.message, 'author', c.author, 'authorUrl', c.author_url,
  'time', to_char(c.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'details', c.details)`;
const REPO = sql`repo.repo_id, repo.moved, repo.name, repo.snapshot->>'html_url' as html_url`;

const Commits = OfRepo.extend({ known: z.boolean(), ...Listed.shape, items: z.array(Commit) });

/** Filters of a commit list; instants are ISO texts, both ends included. */
export type CommitFilters = {
  /** A branch; or a commit, whose history is that of a branch that holds it, from the commit on. */
  ref?: CommitRef | undefined;
  /** A login or the author's name. */
  author?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
};

/**
 * A page of the commits seen on a branch (default: the default branch), newest author date first; `known` is false when
 * there is no such branch or commit. Undefined for an unknown repository.
 */
export async function commitsOf(
  db: Database,
  { repo, filters, page }: { repo: RepoAddress; filters: CommitFilters; page: Page },
): Promise<z.infer<typeof Commits> | undefined> {
  const { start, branch, known } = startAt(filters.ref);
  const isWhole = Object.entries(filters).every(([name, value]) =>
    name === "ref" ? filters.ref?.hash === undefined : value === undefined,
  );
  const found = isWhole
    ? sql`${branchCommits} o where o.repo_id = ${REPO_ID} and o.branch = ${branch}`
    : sql`${commits} c where ${commitsMatching(filters, branch)}`;
  const rendered = sql`select ${COMMIT_ROW}::text as item, row_number() over (order by c.time desc nulls last, c.sha desc) as turn from page c`;
  return await firstBoundedRow(
    db,
    Commits,
    sql`
    with repo as (${repoAt(repo)}), start as (${start}), page as (
      select c.* from ${commits} c where ${commitsMatching(filters, branch)}
      order by c.time desc nulls last, c.sha desc nulls last ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select ${REPO}, ${known} as known, (select count(*) from ${found}) as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS}::jsonb as items
    from repo, cut`,
  );
}

function commitsMatching({ ref, author, since, until }: CommitFilters, branch: SQL): SQL {
  // The planner can't know such a branch, and takes it for a rare one: the fence keeps it walking commits by time.
  const isComputed = ref === undefined || ref.hash !== undefined;
  const fence = isComputed ? sql`offset 0` : sql``;
  const all = [
    sql`c.repo_id = ${REPO_ID}`,
    sql`exists(select from ${branchCommits} o where o.repo_id = c.repo_id and o.branch = ${branch} and o.sha = c.sha ${fence})`,
  ];
  if (ref?.hash !== undefined)
    all.push(sql`((select sha from start) is null or c.sha = (select sha from start)
      or (c.time, c.sha) <= (select time, sha from start))`);
  if (author !== undefined)
    all.push(sql`(c.author = ${author} or lower(split_part(c.author_url, '/', -1)) = ${author.toLowerCase()})`);
  if (since !== undefined) all.push(sql`c.time >= ${since}::timestamptz`);
  if (until !== undefined) all.push(sql`c.time <= ${until}::timestamptz`);
  return sql.join(all, sql` and `);
}

const OneCommit = OfRepo.extend({ commit: Commit.nullable() });

/** One commit, by its hash, as the head of a branch or by the beginning of its hash; null when unknown. Undefined for an unknown repository. */
export async function commitOf(
  db: Database,
  { repo, ref: { branch, hash } }: { repo: RepoAddress; ref: CommitRef },
): Promise<z.infer<typeof OneCommit> | undefined> {
  return await firstBoundedRow(
    db,
    OneCommit,
    sql`
    with repo as (${repoAt(repo)}), named as (
      select ${hash !== undefined && hash.length >= 40 ? hash : null}::text as sha, 1 as choice
      union all
      select b.head_sha, 2 from ${branches} b where b.repo_id = ${REPO_ID} and b.name = ${branch} and not b.deleted
      union all
      select c.sha, 3 from (${shaBeginningWith(hash)}) c
    )
    select ${REPO}, (
      select ${COMMIT_ROW} from named join ${commits} c using (sha) where c.repo_id = ${REPO_ID} order by named.choice limit 1
    ) as commit
    from repo`,
  );
}
