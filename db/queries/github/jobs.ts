import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { attempts, jobs, runs } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { Listed, limitOf, type Page } from "./page.ts";
import { completed } from "./snapshot.ts";

/** `items` is the JSON text of the page; `known` is false when the repository has no such run or attempt. */
const Jobs = Addressed.extend({ known: z.boolean(), ...Listed.shape, items: z.string() });

/** Jobs of a run, by id: of its shown attempt, of every attempt, or of a given one; undefined for an unknown repository. */
export async function jobsOfRun(
  db: Database,
  question: { repo: RepoAddress; runId: number; attempt: "latest" | "all" | number; page: Page },
): Promise<z.infer<typeof Jobs> | undefined> {
  const { repo, runId, attempt, page } = question;
  const attemptKnown =
    typeof attempt === "number"
      ? sql`exists(select from ${attempts} a where a.run_id = u.run_id and a.attempt = ${attempt})`
      : sql`true`;
  const ofAttempt =
    attempt === "all" ? sql`true` : sql`j.attempt = ${attempt === "latest" ? sql`run.attempt` : attempt}`;
  const rendered = sql`
    select ${completed("job", sql`page.snapshot`)}::text as item, row_number() over (order by page.job_id) as turn from page`;
  return await firstBoundedRow(
    db,
    Jobs,
    sql`
    with repo as (${repoAt(repo)}), run as (
      select u.run_id, u.attempt from ${runs} u where u.run_id = ${runId} and u.repo_id = ${REPO_ID} and ${attemptKnown}
    ), found as (
      select j.job_id, j.snapshot from run join ${jobs} j using (run_id) where ${ofAttempt}
    ), page as (
      select * from found order by job_id ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select repo.repo_id, repo.moved, exists(select from run) as known, (select count(*) from found) as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS} as items
    from repo, cut`,
  );
}

/** JSON text of the job, or null when the repository has no such job. */
const Job = Addressed.extend({ job: z.string().nullable() });

/** One job; undefined for an unknown repository. */
export async function jobOf(
  db: Database,
  { repo, jobId }: { repo: RepoAddress; jobId: number },
): Promise<z.infer<typeof Job> | undefined> {
  return await firstBoundedRow(
    db,
    Job,
    sql`
    with repo as (${repoAt(repo)})
    select repo.repo_id, repo.moved, (
      select ${completed("job", sql`j.snapshot`)}::text from ${jobs} j where j.job_id = ${jobId} and j.repo_id = ${REPO_ID}
    ) as job
    from repo`,
  );
}
