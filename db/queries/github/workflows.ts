import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { workflows } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { cutPage, SHOWN_ITEMS } from "../page-size.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { Listed, limitOf, type Page } from "./page.ts";
import { type WorkflowRef, workflowAt } from "./run-filters.ts";
import { completed } from "./snapshot.ts";

/** `items` is the JSON text of the page. */
const Workflows = Addressed.extend({ ...Listed.shape, items: z.string() });

/** A page of a repository's workflows, by id; undefined for an unknown repository. */
export async function workflowsOf(
  db: Database,
  { repo, page }: { repo: RepoAddress; page: Page },
): Promise<z.infer<typeof Workflows> | undefined> {
  const rendered = sql`
    select ${completed("workflow", sql`page.snapshot`)}::text as item, row_number() over (order by page.workflow_id) as turn
    from page`;
  return await firstBoundedRow(
    db,
    Workflows,
    sql`
    with repo as (${repoAt(repo)}), page as (
      select w.workflow_id, w.snapshot from ${workflows} w where w.repo_id = ${REPO_ID} order by w.workflow_id ${limitOf(page)}
    ), ${cutPage(db, rendered, sql`(select count(*) from page)`, page.perPage)}
    select repo.repo_id, repo.moved, (select count(*) from ${workflows} w where w.repo_id = ${REPO_ID}) as total,
      cut.per_page as "perPage", ${SHOWN_ITEMS} as items
    from repo, cut`,
  );
}

/** JSON text of the workflow, or null when the repository has no such workflow. */
const Workflow = Addressed.extend({ workflow: z.string().nullable() });

/** One workflow; undefined for an unknown repository. */
export async function workflowOf(
  db: Database,
  { repo, workflow }: { repo: RepoAddress; workflow: WorkflowRef },
): Promise<z.infer<typeof Workflow> | undefined> {
  return await firstBoundedRow(
    db,
    Workflow,
    sql`
    with repo as (${repoAt(repo)}), workflow as (${workflowAt(workflow)})
    select repo.repo_id, repo.moved,
      (select ${completed("workflow", sql`workflow.snapshot`)}::text from workflow) as workflow
    from repo`,
  );
}
