import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { qaboardBatches, qaboardCommits, qaboardProjects } from "../../schema/index.ts";

const Found = z.object({
  id: z.int(),
  hexsha: z.string(),
  projectId: z.string(),
  repository: z.string().nullable(),
  /** Whether a milestone of the project names it. */
  isMilestone: z.boolean(),
  referenceBranch: z.string().nullable(),
  /** Branches and tags whose commits count as milestones. */
  milestoneRefs: z.array(z.string()),
  batchIds: z.array(z.int()),
});

/** A commit whose batches may be deleted, with what protects it (contract section 6, Milestone commits). */
export type ProtectableCommit = z.infer<typeof Found>;

const TEXTS = sql`case jsonb_typeof(refs.list) when 'array' then refs.list else '[]' end`;

/** The first commit of exactly that hash, in a project if one is named. */
export async function findProtectableCommit(
  db: Database,
  { hash, project }: { hash: string; project: string | undefined },
): Promise<ProtectableCommit | undefined> {
  return await firstRow(
    db,
    Found,
    sql`select c.id, c.hexsha, c.project_id as "projectId", p.data #>> '{git,path_with_namespace}' as repository,
        exists (select from jsonb_each(case jsonb_typeof(p.data -> 'milestones') when 'object' then p.data -> 'milestones'
          else '{}' end) milestone where milestone.value ->> 'commit' = c.hexsha) as "isMilestone",
        p.data #>> '{qatools_config,project,reference_branch}' as "referenceBranch",
        array(select jsonb_array_elements_text(${TEXTS})) as "milestoneRefs",
        array(select b.id from ${qaboardBatches} b where b.ci_commit_id = c.id order by b.id) as "batchIds"
      from ${qaboardCommits} c join ${qaboardProjects} p on p.id = c.project_id,
        lateral (select p.data #> '{qatools_config,project,milestones}' as list) refs
      where c.hexsha = ${hash} ${project === undefined ? sql`` : sql`and c.project_id = ${project}`}
      order by c.id limit 1`,
  );
}
