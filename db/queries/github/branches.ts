import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { branches } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { Listed, limitOf, type Page } from "./page.ts";

const Branch = z.object({ name: z.string(), headSha: z.string().nullable(), protected: z.boolean() });
export type Branch = z.infer<typeof Branch>;

const ROW = sql`jsonb_build_object('name', b.name, 'headSha', b.head_sha, 'protected', b.protected)`;

const Branches = Addressed.extend({ name: z.string(), ...Listed.shape, items: z.array(Branch) });

/** A page of a repository's branches by name in code point order, deleted ones left out; undefined for an unknown repository. */
export async function branchesOf(
  db: Database,
  question: { repo: RepoAddress; isProtected?: boolean | undefined; page: Page },
): Promise<z.infer<typeof Branches> | undefined> {
  const { repo, isProtected, page } = question;
  const wanted = isProtected === undefined ? sql`true` : sql`b.protected = ${isProtected}`;
  const rendered = sql`select ${ROW}::text as item, row_number() over (order by b.name collate "C") as turn from page b`;
  return await firstBoundedRow(
    db,
    Branches,
    sql`
    with repo as (${repoAt(repo)}), found as (
      select b.* from ${branches} b where b.repo_id = ${REPO_ID} and not b.deleted and ${wanted}
    ), page as (
      select * from found order by name collate "C" ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select repo.repo_id, repo.moved, repo.name, (select count(*) from found) as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS}::jsonb as items
    from repo, cut`,
  );
}

const OneBranch = Addressed.extend({ name: z.string(), branch: Branch.nullable() });

/** One branch that exists, or null; undefined for an unknown repository. */
export async function branchOf(
  db: Database,
  { repo, branch }: { repo: RepoAddress; branch: string },
): Promise<z.infer<typeof OneBranch> | undefined> {
  return await firstBoundedRow(
    db,
    OneBranch,
    sql`
    with repo as (${repoAt(repo)})
    select repo.repo_id, repo.moved, repo.name, (
      select ${ROW} from ${branches} b where b.repo_id = ${REPO_ID} and b.name = ${branch} and not b.deleted
    ) as branch
    from repo`,
  );
}
