import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { attempts, runs } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { Listed, limitOf, type Page } from "./page.ts";
import { type RunFilters, runsMatching, runTotal, workflowAt } from "./run-filters.ts";
import { runSnapshot } from "./snapshot.ts";

/** `items` is the JSON text of the page; `known` is false when the list is of a workflow that does not exist. */
const Runs = Addressed.extend({ known: z.boolean(), ...Listed.shape, items: z.string() });

/** A page of a repository's runs, newest first, and how many there are in all; undefined for an unknown repository. */
export async function runsOf(
  db: Database,
  question: { repo: RepoAddress; filters: RunFilters; page: Page; withoutPulls: boolean },
): Promise<z.infer<typeof Runs> | undefined> {
  const { repo, filters, page, withoutPulls } = question;
  const workflow = filters.workflow === undefined ? sql`select` : workflowAt(filters.workflow);
  const rendered = sql`
    select ${runSnapshot(sql`a.snapshot`, withoutPulls)} as item, row_number() over (order by u.created_at desc, u.run_id desc) as turn
    from page join ${runs} u using (run_id) join ${attempts} a using (run_id, attempt)`;
  return await firstBoundedRow(
    db,
    Runs,
    sql`
    with repo as (${repoAt(repo)}), workflow as (${workflow}), page as (
      select u.run_id from ${runs} u where ${runsMatching(filters)} order by u.created_at desc, u.run_id desc ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select repo.repo_id, repo.moved, exists(select from workflow) as known, ${runTotal(filters, sql`${runs} u`)} as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS} as items
    from repo, cut`,
  );
}
