import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { workflows } from "../../schema/index.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { limitOf, type Page } from "./page.ts";
import { type WorkflowRef, workflowAt } from "./run-filters.ts";
import { completed, jsonArray } from "./snapshot.ts";

/** `items` is the JSON text of the page. */
const Workflows = Addressed.extend({ total: z.coerce.number(), items: z.string() });

/** A page of a repository's workflows, by id; undefined for an unknown repository. */
export async function workflowsOf(
  db: Database,
  { repo, page }: { repo: RepoAddress; page: Page },
): Promise<z.infer<typeof Workflows> | undefined> {
  return await firstRow(
    db,
    Workflows,
    sql`
    with repo as (${repoAt(repo)}), page as (
      select w.workflow_id, w.snapshot from ${workflows} w where w.repo_id = ${REPO_ID} order by w.workflow_id ${limitOf(page)}
    )
    select repo.repo_id, repo.moved, (select count(*) from ${workflows} w where w.repo_id = ${REPO_ID}) as total,
      (select ${jsonArray(sql`${completed("workflow", sql`page.snapshot`)}::text`, sql`page.workflow_id`)} from page) as items
    from repo`,
  );
}

/** JSON text of the workflow, or null when the repository has no such workflow. */
const Workflow = Addressed.extend({ workflow: z.string().nullable() });

/** One workflow; undefined for an unknown repository. */
export async function workflowOf(
  db: Database,
  { repo, workflow }: { repo: RepoAddress; workflow: WorkflowRef },
): Promise<z.infer<typeof Workflow> | undefined> {
  return await firstRow(
    db,
    Workflow,
    sql`
    with repo as (${repoAt(repo)}), workflow as (${workflowAt(workflow)})
    select repo.repo_id, repo.moved,
      (select ${completed("workflow", sql`workflow.snapshot`)}::text from workflow) as workflow
    from repo`,
  );
}
